/* provider.c - the servers of the big providers, for sending and for reading, by the domain of an address.
 *
 * Data and one lookup.  What a provider wants as a password is said in one sentence, since a refused login does not
 * say it.  A domain that is not listed may still be hosted by one of these: that is a guess, and marked so.
 */
#include <base/address.h>
#include <mail/server.h>

#include <string.h>

#define GMAIL_HINT                                                                                                     \
	"Gmail takes no account password: make an app password (it needs two-step verification) or use xoauth2 with a "    \
	"token command."
#define MICROSOFT_HINT                                                                                                 \
	"Microsoft takes no password here any more: use xoauth2 with a command that prints an access token."
#define YAHOO_HINT "Yahoo takes no account password: make an app password in the account's security settings."
#define ICLOUD_HINT "iCloud takes no account password: make an app-specific password in the Apple account."
#define GMX_HINT                                                                                                       \
	"Access by POP3 and IMAP has to be switched on in the mailbox's settings; with two-step login make an app "        \
	"password."
#define YANDEX_HINT "Access by mail programs has to be switched on in the settings, and wants an app password."
#define PROTON_HINT                                                                                                    \
	"Proton Mail goes through its Bridge on this machine: use the password that the Bridge shows, and its exported "   \
	"certificate as ca_file."

typedef struct Known {
	const char *name;
	const char *domains;          /* separated by spaces; one that ends in a dot stands for every ending: "yahoo." */
	const char *host, *imap_host; /* where mail is handed in, and where it is read */
	int port;
	SmtpSecurity security;
	SmtpAuth auth;
	const char *hint;
} Known;

static const Known KNOWN[] = {
	{"Gmail", "gmail.com googlemail.com", "smtp.gmail.com", "imap.gmail.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 GMAIL_HINT},
	{"Outlook", "outlook. hotmail. live. msn.com passport.com windowslive.com", "smtp-mail.outlook.com",
	 "outlook.office365.com", 587, SMTP_STARTTLS, SMTP_AUTH_XOAUTH2, MICROSOFT_HINT},
	{"Microsoft 365", "office365.com onmicrosoft.com", "smtp.office365.com", "outlook.office365.com", 587,
	 SMTP_STARTTLS, SMTP_AUTH_XOAUTH2, MICROSOFT_HINT},
	{"Yahoo", "yahoo. ymail.com rocketmail.com myyahoo.com", "smtp.mail.yahoo.com", "imap.mail.yahoo.com", 465,
	 SMTP_TLS, SMTP_AUTH_PLAIN, YAHOO_HINT},
	{"AOL", "aol. aim.com", "smtp.aol.com", "imap.aol.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "AOL takes no account password: make an app password in the account's security settings."},
	{"iCloud", "icloud.com me.com mac.com", "smtp.mail.me.com", "imap.mail.me.com", 587, SMTP_STARTTLS, SMTP_AUTH_PLAIN,
	 ICLOUD_HINT},
	{"GMX", "gmx.de gmx.at gmx.ch gmx.net gmx.info gmx.org", "mail.gmx.net", "imap.gmx.net", 465, SMTP_TLS,
	 SMTP_AUTH_PLAIN, GMX_HINT},
	{"GMX", "gmx.com gmx.us gmx.co.uk gmx.fr gmx.es", "mail.gmx.com", "imap.gmx.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 GMX_HINT},
	{"WEB.DE", "web.de email.de", "smtp.web.de", "imap.web.de", 465, SMTP_TLS, SMTP_AUTH_PLAIN, GMX_HINT},
	{"mail.com", "mail.com email.com usa.com consultant.com engineer.com", "smtp.mail.com", "imap.mail.com", 465,
	 SMTP_TLS, SMTP_AUTH_PLAIN, GMX_HINT},
	{"Fastmail", "fastmail. messagingengine.com sent.com", "smtp.fastmail.com", "imap.fastmail.com", 465, SMTP_TLS,
	 SMTP_AUTH_PLAIN, "Fastmail wants an app password, made in its settings under Privacy & Security."},
	{"Proton Mail", "proton.me protonmail. pm.me", "127.0.0.1", "127.0.0.1", 1025, SMTP_STARTTLS, SMTP_AUTH_PLAIN,
	 PROTON_HINT},
	{"Zoho", "zoho.com zohomail.com", "smtp.zoho.com", "imap.zoho.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "With two-step login Zoho wants an app password."},
	{"Zoho", "zoho.eu zohomail.eu", "smtp.zoho.eu", "imap.zoho.eu", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "With two-step login Zoho wants an app password."},
	{"Yandex", "yandex. ya.ru", "smtp.yandex.com", "imap.yandex.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN, YANDEX_HINT},
	{"T-Online", "t-online.de magenta.de", "securesmtp.t-online.de", "secureimap.t-online.de", 465, SMTP_TLS,
	 SMTP_AUTH_PLAIN,
	 "Telekom wants the password for mail programs, set in the customer centre, not the one of the login."},
	{"Posteo", "posteo.", "posteo.de", "posteo.de", 465, SMTP_TLS, SMTP_AUTH_PLAIN, NULL},
	{"mailbox.org", "mailbox.org", "smtp.mailbox.org", "imap.mailbox.org", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "With two-step login mailbox.org wants an app password."},
	{"freenet", "freenet.de", "mx.freenet.de", "mx.freenet.de", 465, SMTP_TLS, SMTP_AUTH_PLAIN, NULL},
	{"IONOS", "1und1.de online.de onlinehome.de", "smtp.ionos.de", "imap.ionos.de", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 NULL},
	{"Orange", "orange.fr wanadoo.fr", "smtp.orange.fr", "imap.orange.fr", 465, SMTP_TLS, SMTP_AUTH_PLAIN, NULL},
	{"Free", "free.fr", "smtp.free.fr", "imap.free.fr", 465, SMTP_TLS, SMTP_AUTH_PLAIN, NULL},
	{"Libero", "libero.it", "smtp.libero.it", "imapmail.libero.it", 465, SMTP_TLS, SMTP_AUTH_PLAIN, NULL},
	{"BT", "btinternet.com", "mail.btinternet.com", "mail.btinternet.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN, NULL},
	{"Comcast", "comcast.net", "smtp.comcast.net", "imap.comcast.net", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "Access by other mail programs has to be switched on in Xfinity's settings."},
	{"AT&T", "att.net sbcglobal.net bellsouth.net", "smtp.mail.att.net", "imap.mail.att.net", 465, SMTP_TLS,
	 SMTP_AUTH_PLAIN, "AT&T wants a secure mail key, made in the account's settings."},
	{"Migadu", "migadu.com", "smtp.migadu.com", "imap.migadu.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN, NULL},
	{"Mail.ru", "mail.ru inbox.ru list.ru bk.ru", "smtp.mail.ru", "imap.mail.ru", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "Mail.ru wants an app password, made in its security settings."},
	{"Naver", "naver.com", "smtp.naver.com", "imap.naver.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "Access by POP3 or IMAP has to be switched on in the mailbox's settings."},
	{"QQ", "qq.com foxmail.com", "smtp.qq.com", "imap.qq.com", 465, SMTP_TLS, SMTP_AUTH_PLAIN,
	 "QQ wants the authorisation code from its mail settings as password."},
};

/* Other domains under which anybody can have an address. */
static const char SHARED[] =
	"hey.com tutanota. tuta. hushmail.com duck.com mail.de arcor.de rambler.ru 163.com 126.com sina.com sohu.com "
	"hanmail.net daum.net laposte.net sfr.fr virgilio.it uol.com.br bol.com.br terra.com.br rediffmail.com verizon.net "
	"cox.net charter.net earthlink.net ntlworld.com shaw.ca rogers.com telus.net bigpond.com bigpond.net.au seznam.cz "
	"wp.pl o2.pl onet.pl interia.pl bluewin.ch telenet.be ziggo.nl xs4all.nl telia.com abv.bg ukr.net walla.co.il "
	"disroot.org riseup.net runbox.com startmail.com";

/* Whether a pattern of `length` bytes names the domain: as it is, or, if it ends in a dot, with an ending of one or two
 * short labels ("yahoo." names yahoo.com and yahoo.co.uk). */
static bool names_domain(const char *pattern, size_t length, const char *domain)
{
	if (pattern[length - 1] != '.')
		return strlen(domain) == length && memcmp(domain, pattern, length) == 0;
	if (strncmp(domain, pattern, length) != 0)
		return false;
	const char *ending = domain + length;
	const char *dot = strchr(ending, '.');
	size_t last = strlen(dot == NULL ? ending : dot + 1);
	return last >= 2 && last <= 4 && (dot == NULL || (dot - ending <= 3 && strchr(dot + 1, '.') == NULL));
}

/* Whether one of the patterns, with spaces between, names the domain. */
static bool any_names_domain(const char *patterns, const char *domain)
{
	for (const char *at = patterns; *at != '\0';) {
		size_t length = strcspn(at, " ");
		if (names_domain(at, length, domain))
			return true;
		at += length + (at[length] == ' ');
	}
	return false;
}

static const Known *find_known(const char *domain)
{
	for (size_t i = 0; i < G_N_ELEMENTS(KNOWN); i++)
		if (any_names_domain(KNOWN[i].domains, domain))
			return &KNOWN[i];
	/* Every tenant's own domain at Microsoft ends so. */
	return g_str_has_suffix(domain, ".onmicrosoft.com") ? find_known("onmicrosoft.com") : NULL;
}

/* The Bridge on this machine listens elsewhere than servers do. */
static void set_imap(MailProvider *provider, const Known *known, const char *domain)
{
	enum { IMAPS = 993, BRIDGE = 1143 };
	bool bridge = known != NULL && strcmp(known->imap_host, "127.0.0.1") == 0;
	provider->imap_port = bridge ? BRIDGE : IMAPS;
	provider->imap_security = bridge ? SMTP_STARTTLS : SMTP_TLS;
	g_snprintf(
		provider->imap_host, sizeof provider->imap_host, "%s%s", known == NULL ? "imap." : "",
		known == NULL ? domain : known->imap_host);
}

bool mail_provider_find(const char *address, MailProvider *ret_provider, GError **error)
{
	g_autofree char *ascii = NULL;
	if (!address_to_ascii(address, &ascii, error))
		return false;
	const char *domain = strchr(ascii, '@') + 1;
	const Known *known = find_known(domain);
	MailProvider provider = {.port = 587, .security = SMTP_STARTTLS, .auth = SMTP_AUTH_PLAIN, .guessed = true};
	if (known != NULL)
		provider = (MailProvider){
			.name = known->name,
			.port = known->port,
			.security = known->security,
			.auth = known->auth,
			.hint = known->hint};
	g_snprintf(
		provider.host, sizeof provider.host, "%s%s", known == NULL ? "smtp." : "",
		known == NULL ? domain : known->host);
	set_imap(&provider, known, domain);
	provider.shared = known != NULL || any_names_domain(SHARED, domain);
	*ret_provider = provider;
	return true;
}
