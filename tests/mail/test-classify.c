/* test-classify.c - incoming mail: what is new in it, what it is, what it says, and that nothing in it has no bound.
 *
 * The cases are text in fixtures/: answers of employers, mails whole, and bodies with what is new in them.  The answers
 * that the room was made with (src/mail/examples) are read as they are meant; of others most.
 */
#include <facts/words.h>
#include <glib.h>
#include <mail/classify.h>
#include <stdlib.h>
#include <string.h>

#define HEADERS                                                                                                        \
	"From: Huck Finn <finn@globex.example>\nTo: ana@example.net\nSubject: Re: Thank you\nIn-Reply-To: "                \
	"<n@example.net>\n"                                                                                                \
	"Date: Wed, 18 Nov 2026 10:00:00 -0700\nContent-Type: text/plain; charset=utf-8\n\n"

enum { NOW = 1795000000 };

static char *load_from(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	char *text = NULL;
	g_autoptr(GError) error = NULL;
	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	return text;
}

static char *load(const char *name)
{
	return load_from(g_getenv("MAIL_FIXTURES"), name);
}

static char **split_blocks(const char *text, const char *mark)
{
	g_autofree char *between = g_strconcat("\n", mark, " ", NULL);
	char **blocks = g_strsplit(text, between, -1);
	g_free(blocks[0]);
	memmove(blocks, blocks + 1, g_strv_length(blocks + 1) * sizeof(char *) + sizeof(char *));
	return blocks;
}

/* The blocks of a file: each begins with a line that starts with mark. NULL-terminated. */
static char **load_blocks(const char *name, const char *mark)
{
	g_autofree char *text = load(name);
	return split_blocks(text, mark);
}

static MailVerdict *judge(const char *bytes, size_t length)
{
	g_autoptr(MailIncoming) mail = mail_parse(bytes, length);
	g_assert_true(g_utf8_validate(mail->text, -1, NULL) && g_utf8_validate(mail->new_text, -1, NULL));
	return mail_classify(mail, NULL, NOW);
}

static const char *says_text(int says)
{
	return says == WORD_NONE ? "none" : word_text(WORDS_SAYS, says);
}

/* ---- answers ---- */

/* One answer: "SAYS [DECISION_BY]", a line break, the text. False where it is read otherwise. */
static bool try_answer(const char *block, bool with_days)
{
	const char *end = strchr(block, '\n');
	g_autofree char *head = g_strndup(block, (size_t)(end - block));
	g_auto(GStrv) words = g_strsplit(head, " ", 2);
	g_autofree char *bytes = g_strconcat(HEADERS, end + 1, NULL);
	g_autoptr(MailVerdict) verdict = judge(bytes, strlen(bytes));
	char day[DAY_TEXT_BYTES] = "";
	const char *by = verdict->decision_by == DAY_NONE ? "" : day_format(verdict->decision_by, day);
	bool dated = !with_days || strcmp(words[0], "rejection") == 0 || strcmp(words[0], "offer") == 0 ||
				 strcmp(by, words[1] == NULL ? "" : words[1]) == 0;
	bool right = verdict->kind == MAIL_KIND_REPLY && strcmp(says_text(verdict->says), words[0]) == 0;
	if (!right || !dated)
		g_test_message("want %s, got %s %s: %.120s", head, says_text(verdict->says), by, end + 1);
	g_assert_false(strcmp(words[0], "rejection") == 0 && verdict->says == SAYS_OFFER);
	g_assert_true(verdict->says == SAYS_OTHER || verdict->quote != NULL);
	return right && dated;
}

typedef struct AnswerSet {
	const char *name, *folder; /* the environment's word for it */
	guint least, percent;      /* how many there are, and how many in a hundred are to be read as they are meant */
	bool with_days;            /* each names the day by which a decision is promised, where one is */
} AnswerSet;

/* No rejection is read as an offer. */
static void test_answers(gconstpointer data)
{
	const AnswerSet *set = data;
	g_autofree char *text = load_from(g_getenv(set->folder), set->name);
	g_auto(GStrv) blocks = split_blocks(text, "==");
	guint right = 0, count = g_strv_length(blocks);
	for (guint i = 0; i < count; i++)
		right += try_answer(blocks[i], set->with_days);
	g_test_message("%s: %u of %u", set->name, right, count);
	g_assert_cmpuint(count, >=, set->least);
	g_assert_cmpuint(right * 100, >=, count * set->percent);
}

/* ---- dates ---- */

/* long: a table */
static void test_dates(void)
{
	/* Read on Wednesday 18 November 2026. */
	static const struct {
		const char *text, *day;
	} table[] = {
		{"We will decide by Thursday.", "2026-11-19"},
		{"We will decide by Wednesday.", "2026-11-25"},
		{"We will decide this Friday.", "2026-11-20"},
		{"We will decide next Friday.", "2026-11-27"},
		{"We will decide by Friday week.", "2026-11-27"},
		{"We will decide a week on Friday.", "2026-11-27"},
		{"We will decide by the end of the week.", "2026-11-20"},
		{"We will decide by the end of next week.", "2026-11-27"},
		{"We will decide early next week.", "2026-11-24"},
		{"We will decide next week.", "2026-11-27"},
		{"We will decide by the end of the month.", "2026-11-30"},
		{"We will decide by the end of November.", "2026-11-30"},
		{"We will decide in mid-December.", "2026-12-15"},
		{"We will decide in early January.", "2027-01-07"},
		{"We will decide next month.", "2026-12-31"},
		{"We will decide in ten days.", "2026-11-28"},
		{"We will decide within 10 business days.", "2026-12-02"},
		{"We will decide in one or two weeks.", "2026-12-02"},
		{"We will decide in a couple of weeks.", "2026-12-02"},
		{"We will decide in a fortnight.", "2026-12-02"},
		{"We will decide in a few days.", "2026-11-23"},
		{"We will decide in 5-7 days.", "2026-11-25"},
		{"We will decide on the 27th.", "2026-11-27"},
		{"We will decide by the 3rd.", "2026-12-03"},
		{"We will decide on 5 January.", "2027-01-05"},
		{"We will decide on January 5th, 2027.", "2027-01-05"},
		{"We will decide by Friday, 27 November.", "2026-11-27"},
		{"We will decide by 2026-12-01.", "2026-12-01"},
		{"We will decide by 12/4.", "2026-12-04"},
		{"We will decide by 27/11/2026.", "2026-11-27"},
		{"We will decide by 4.12.2026.", "2026-12-04"},
		{"We will decide in January.", "2027-01-31"},
		{"It was advertised in October and we have not decided yet.", ""},
		{"We will decide by Dec. 4th.", "2026-12-04"},
		{"We will decide on Fri., Nov. 27.", "2026-11-27"},
		{"We saw the last one on 11/13 and will decide by 12/2.", "2026-12-02"},
		{"We saw the last one on 13/11 and will decide by 2/12.", "2026-12-02"},
		{"We will decide in the week of 7 December.", "2026-12-11"},
		{"We will decide in the first week of December.", "2026-12-04"},
		{"We will decide tomorrow.", "2026-11-19"},
		{"We will decide by EOD Friday.", "2026-11-20"},
		{"Huck is away until Monday. I expect to have something for you on Tuesday.", "2026-11-24"},
		{"Could you ask them to wait until the 30th? I should know more by next Friday.", "2026-11-27"},
		{"I said I would be back to you today. So expect my call on Friday 27th.", "2026-11-27"},
		{"Nobody will know until the end of the year.", "2026-12-31"},
		{"We will decide early next year.", "2027-01-31"},
		{"You have five years of experience. We will decide.", ""},
		{"We met two weeks ago and have not decided yet.", ""},
		{"We may decide.", ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *bytes = g_strconcat(HEADERS, table[i].text, "\n", NULL);
		g_autoptr(MailVerdict) verdict = judge(bytes, strlen(bytes));
		char day[DAY_TEXT_BYTES] = "";
		g_test_message("%s", table[i].text);
		g_assert_cmpstr(
			verdict->decision_by == DAY_NONE ? "" : day_format(verdict->decision_by, day), ==, table[i].day);
	}
}

/* ---- new text ---- */

static void test_new_text(void)
{
	g_auto(GStrv) blocks = load_blocks("replies.txt", "===");
	g_assert_cmpuint(g_strv_length(blocks), >=, 20);
	for (char **block = blocks; *block != NULL; block++) {
		const char *begin = strchr(*block, '\n') + 1, *mark = strstr(begin, "\n--- new");
		g_autofree char *body = g_strndup(begin, (size_t)(mark + 1 - begin));
		g_autofree char *want = g_strstrip(g_strdup(mark + strlen("\n--- new")));
		g_autofree char *bytes = g_strconcat(HEADERS, body, NULL);
		g_autoptr(MailIncoming) mail = mail_parse(bytes, strlen(bytes));
		g_test_message("%.60s", *block);
		g_assert_cmpstr(g_strchomp(mail->new_text), ==, want);
	}
}

static void test_flowed(void)
{
	static const char bytes[] =
		"From: a@example.net\nSubject: Re: x\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
		"We will de \ncide on Fri \nday.\n\n> old \n> text\n-- \nHuck\n";
	g_autoptr(MailIncoming) mail = mail_parse(bytes, strlen(bytes));
	g_assert_cmpstr(mail->new_text, ==, "We will decide on Friday.\n");
}

/* ---- whole mails ---- */

static const char *verdict_value(const MailVerdict *verdict, const char *key, char day[DAY_TEXT_BYTES])
{
	if (strcmp(key, "kind") == 0)
		return mail_kind_word(verdict->kind);
	if (strcmp(key, "bounce") == 0)
		return mail_bounce_word(verdict->bounce);
	if (strcmp(key, "recipient") == 0)
		return verdict->recipient;
	if (strcmp(key, "id") == 0)
		return verdict->in_reply_to->len == 0 ? NULL : g_ptr_array_index(verdict->in_reply_to, 0);
	if (strcmp(key, "says") == 0)
		return says_text(verdict->says);
	if (strcmp(key, "relayed") == 0)
		return says_text(verdict->relayed_says);
	if (strcmp(key, "cancels") == 0)
		return verdict->cancels ? "yes" : "no";
	Day at = strcmp(key, "back_on") == 0 ? verdict->back_on : verdict->decision_by;
	return at == DAY_NONE ? NULL : day_format(at, day);
}

static void try_mail(const char *head, const char *bytes, size_t length)
{
	g_auto(GStrv) pairs = g_strsplit(head, " ", -1);
	g_autoptr(MailVerdict) verdict = judge(bytes, length);
	for (char **pair = pairs; *pair != NULL; pair++) {
		char day[DAY_TEXT_BYTES];
		g_auto(GStrv) parts = g_strsplit(*pair, "=", 2);
		g_assert_cmpstr(verdict_value(verdict, parts[0], day), ==, parts[1]);
	}
	g_assert_true(verdict->kind == MAIL_KIND_REPLY || verdict->says == WORD_NONE);
	g_assert_cmpfloat(verdict->confidence, >, 0);
	g_assert_cmpfloat(verdict->confidence, <=, 1);
}

static char *with_line_ends(const char *text, const char *ends)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	return g_strjoinv(ends, lines);
}

/* Every mail with the three line ends there are. */
static void test_mails(gconstpointer name)
{
	g_auto(GStrv) blocks = load_blocks(name, "===");
	g_assert_cmpuint(g_strv_length(blocks), >=, 20);
	for (char **block = blocks; *block != NULL; block++) {
		const char *expected = strstr(*block, "\n--- ") + 5, *mail = strchr(expected, '\n');
		g_autofree char *head = g_strndup(expected, (size_t)(mail - expected));
		g_autofree char *dos = with_line_ends(mail + 1, "\r\n"), *mac = with_line_ends(mail + 1, "\r");
		g_test_message("%.60s", *block);
		try_mail(head, mail + 1, strlen(mail + 1));
		try_mail(head, dos, strlen(dos));
		try_mail(head, mac, strlen(mac));
	}
}

/* ---- headers ---- */

static void test_headers(void)
{
	static const char bytes[] =
		"Received: from a by b; Wed, 18 Nov 2026 17:00:05 +0000\n"
		"From: =?utf-8?q?H=C3=BCck?= <Finn@Globex.example>\nTo: Ana <ana@example.net>, bo@example.net\n"
		"Subject: =?utf-8?b?RGFua2U=?=\nMessage-ID: <m@globex.example>\n"
		"In-Reply-To: <b@example.net>\nReferences: <a@example.net>\n <b@example.net>\n\nHi\n";
	g_autoptr(MailIncoming) mail = mail_parse(bytes, strlen(bytes));
	g_autoptr(MailVerdict) verdict = mail_classify(mail, NULL, NOW);
	g_assert_cmpstr(mail->from_name, ==, "Hück");
	g_assert_cmpstr(mail->from_address, ==, "finn@globex.example");
	g_assert_cmpuint(mail->to->len, ==, 2);
	g_assert_cmpstr(mail->subject, ==, "Danke");
	g_assert_cmpstr(mail->message_id, ==, "m@globex.example");
	g_assert_cmpint(mail->date_at, ==, 1795021205);
	g_assert_cmpuint(verdict->in_reply_to->len, ==, 2);
	g_assert_cmpstr(g_ptr_array_index(verdict->in_reply_to, 0), ==, "b@example.net");
	g_assert_cmpstr(g_ptr_array_index(verdict->in_reply_to, 1), ==, "a@example.net");
}

/* Facts make a stranger known, and their holidays are no business days. */
static void test_facts(void)
{
	static const char bytes[] = "From: finn@globex.example\nSubject: Hello\nDate: Wed, 18 Nov 2026 10:00:00 -0700\n\n"
								"You will hear from us within five business days.\n";
	g_autoptr(Zone) zone = zone_load("UTC", NULL);
	g_autoptr(Facts) facts = facts_new(zone);
	facts_add_person(
		facts, &(Person){.id = (char *)"f", .name = (char *)"Huck", .email = (char *)"finn@globex.example"});
	facts_add_holiday(facts, civil_to_day((Civil){2026, 11, 24}));
	g_autoptr(MailIncoming) mail = mail_parse(bytes, strlen(bytes));
	g_autoptr(MailVerdict) verdict = mail_classify(mail, facts, NOW);
	g_assert_cmpint(verdict->kind, ==, MAIL_KIND_REPLY);
	g_assert_cmpint(verdict->decision_by, ==, civil_to_day((Civil){2026, 11, 26}));
}

static void test_attachments(void)
{
	static const char bytes[] =
		"From: a@example.net\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
		"See it.\n--b\nContent-Type: text/x-vcard; name=\"finn.vcf\"\nContent-Disposition: attachment; "
		"filename=\"finn.vcf\"\nContent-Transfer-Encoding: base64\n\nQkVHSU46VkNBUkQ=\n--b--\n";
	g_autoptr(MailIncoming) mail = mail_parse(bytes, strlen(bytes));
	g_assert_cmpuint(mail->parts->len, ==, 1);
	const MailPart *part = g_ptr_array_index(mail->parts, 0);
	g_assert_cmpstr(part->filename, ==, "finn.vcf");
	g_assert_cmpstr(part->type, ==, "text/x-vcard");
	g_assert_cmpmem(g_bytes_get_data(part->bytes, NULL), g_bytes_get_size(part->bytes), "BEGIN:VCARD", 11);
	g_assert_cmpstr(mail->new_text, ==, "See it.\n");
}

/* ---- bounds ---- */

static char *repeat(const char *head, const char *piece, size_t times)
{
	GString *text = g_string_new(head);
	for (size_t i = 0; i < times; i++)
		g_string_append(text, piece);
	return g_string_free(text, FALSE);
}

/* What is made to cost: each is read to its end, within the program's own limits. */
static void test_bounds(void)
{
	static const struct {
		const char *head, *piece;
		size_t times;
	} table[] = {
		{"From: a@example.net\n", "Content-Type: message/rfc822\n\n", 50000},
		{"From: a@example.net\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\n", 50000},
		{"From: a@example.net\nContent-Type: multipart/mixed; boundary=b\n\n",
		 "--b\nContent-Type: multipart/mixed; boundary=b\n\n", 20000},
		{"From: a@example.net\n", "X-A: b\n", 200000},
		{"From: a@example.net\nContent-Type: text/html\n\n", "<div><blockquote>", 100000},
		{"From: a@example.net\n\n", "--\n", 100000},
		{"From: a@example.net\n\n", "On 1 May 2026 a@b\n", 20000},
		{"From: a@example.net\n\n", "To:\n\n", 50000},
		{"From: a@example.net\n\n", "not not not selected other candidates offer you ", 20000},
		{"From: a@example.net\nReferences: ", "<a@b> ", 100000},
		{"", "a", 1000000},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *bytes = repeat(table[i].head, table[i].piece, table[i].times);
		g_test_message("%zu", i);
		g_autoptr(MailIncoming) mail = mail_parse(bytes, strlen(bytes));
		g_autoptr(MailVerdict) verdict = mail_classify(mail, NULL, NOW);
		g_assert_cmpuint(strlen(mail->text), <=, MAIL_LIMIT_TEXT + 8);
		g_assert_cmpuint(mail->references->len, <=, MAIL_LIMIT_IDS);
		g_assert_cmpuint(mail->parts->len, <=, MAIL_LIMIT_PARTS);
	}
}

/* Any beginning of any mail is read. */
static void test_cut_off(void)
{
	g_auto(GStrv) blocks = load_blocks("mails.txt", "===");
	for (char **block = blocks; *block != NULL; block++) {
		const char *mail = strchr(strstr(*block, "\n--- ") + 5, '\n') + 1;
		for (size_t length = 0; length < strlen(mail); length += 37) {
			g_autofree char *start = g_memdup2(mail, length == 0 ? 1 : length);
			g_autoptr(MailVerdict) verdict = judge(start, length);
			g_assert_nonnull(verdict);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	static const AnswerSet sets[] = {
		{"answers.txt", "MAIL_EXAMPLES", 80, 98, true},          {"answers-later.txt", "MAIL_EXAMPLES", 300, 98, true},
		{"answers-voices.txt", "MAIL_EXAMPLES", 350, 98, true},  {"answers-more.txt", "MAIL_EXAMPLES", 250, 98, false},
		{"answers-tongues.txt", "MAIL_EXAMPLES", 60, 98, false}, {"answers-long.txt", "MAIL_EXAMPLES", 20, 98, false},
		{"answers-unseen.txt", "MAIL_FIXTURES", 180, 90, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(sets); i++) {
		g_autofree char *path = g_strconcat("/classify/", sets[i].name, NULL);
		g_test_add_data_func(path, &sets[i], test_answers);
	}
	g_test_add_func("/classify/dates", test_dates);
	g_test_add_data_func("/classify/mails", "mails.txt", test_mails);
	g_test_add_data_func("/classify/mails-programs", "mails-programs.txt", test_mails);
	g_test_add_func("/classify/facts", test_facts);
	g_test_add_func("/classify/bounds", test_bounds);
	g_test_add_func("/classify/cut-off", test_cut_off);
	g_test_add_func("/parse/headers", test_headers);
	g_test_add_func("/parse/new-text", test_new_text);
	g_test_add_func("/parse/flowed", test_flowed);
	g_test_add_func("/parse/attachments", test_attachments);
	return g_test_run();
}
