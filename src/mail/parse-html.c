/* parse-html.c - a SAX handler that writes down text: blocks as lines, quotes with marks.
 *
 * Elements that are never closed, or closed twice, are what mails are made of: depth is counted, never trusted.
 * libxml2 is opened when the first mail asks for it: it brings ICU along, and most mails have plain text.
 */
#include "parse-html.h"

#include <dlfcn.h>
#include <glib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

typedef struct Library {
	__typeof__(&htmlCreatePushParserCtxt) begin;
	__typeof__(&htmlCtxtUseOptions) use_options;
	__typeof__(&htmlParseChunk) parse;
	__typeof__(&htmlFreeParserCtxt) end;
	__typeof__(&xmlStopParser) stop;
	__typeof__(&xmlFreeDoc) free_doc;
} Library;

typedef struct Writer {
	const Library *libxml;
	GString *text;
	size_t limit;
	int quotes; /* blockquotes around */
	int hidden; /* style, script, head around */
	int preformatted;
	int newlines; /* owed before the next word */
	bool space;   /* owed before the next word */
	xmlParserCtxtPtr context;
} Writer;

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

static bool is_hidden(const char *name)
{
	static const char *const names[] = {"style", "script", "head", "title", "xml", "o:p", "noscript", "template", NULL};
	return is_one_of(name, names);
}

static bool is_paragraph(const char *name)
{
	static const char *const names[] = {"p",  "h1", "h2", "h3",    "h4",         "h5",
										"h6", "ul", "ol", "table", "blockquote", NULL};
	return is_one_of(name, names);
}

static bool is_block(const char *name)
{
	static const char *const names[] = {"div",     "tr",   "li",     "dt",     "dd",     "pre",     "hr", "section",
										"article", "body", "center", "header", "footer", "address", NULL};
	return is_one_of(name, names) || is_paragraph(name);
}

static void owe_newlines(Writer *writer, int count)
{
	if (writer->text->len > 0)
		writer->newlines = MAX(writer->newlines, count);
}

static void start_line(Writer *writer)
{
	for (int i = 0; i < writer->newlines; i++) {
		bool last = i + 1 == writer->newlines;
		g_string_append_c(writer->text, '\n');
		if (!last && writer->quotes > 0)
			g_string_append_c(writer->text, '>');
	}
	if (writer->newlines > 0 || writer->text->len == 0) {
		for (int i = 0; i < MIN(writer->quotes, 5); i++)
			g_string_append(writer->text, "> ");
		writer->space = false;
	}
	if (writer->space)
		g_string_append_c(writer->text, ' ');
	writer->newlines = 0;
	writer->space = false;
}

static void take_text(Writer *writer, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		bool hard_space = c == 0xc2 && i + 1 < length && (unsigned char)bytes[i + 1] == 0xa0;
		if (writer->preformatted > 0 && c == '\n') {
			writer->newlines++;
		} else if (hard_space || g_ascii_isspace((char)c)) {
			writer->space = writer->space || (writer->text->len > 0 && writer->newlines == 0);
			i += hard_space;
		} else {
			start_line(writer);
			g_string_append_c(writer->text, (char)c);
		}
	}
	if (writer->text->len > writer->limit)
		writer->libxml->stop(writer->context);
}

static void on_text(void *user, const xmlChar *bytes, int length)
{
	Writer *writer = user;
	if (writer->hidden == 0)
		take_text(writer, (const char *)bytes, (size_t)length);
}

static const char *find_attribute(const xmlChar **attributes, const char *name)
{
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
		if (g_ascii_strcasecmp((const char *)attributes[0], name) == 0)
			return attributes[1] == NULL ? "" : (const char *)attributes[1];
	return "";
}

/* A line in front of what the mail program marked: a signature, or the header of the mail that is quoted below. */
static void mark_part(Writer *writer, const char *name, const xmlChar **attributes)
{
	const char *class = find_attribute(attributes, "class"), *id = find_attribute(attributes, "id");
	bool signature = strstr(class, "gmail_signature") != NULL || strstr(class, "moz-signature") != NULL ||
					 strcmp(id, "Signature") == 0 || strcmp(id, "AppleMailSignature") == 0;
	bool original = strcmp(id, "divRplyFwdMsg") == 0 || strcmp(id, "stopSpelling") == 0 ||
					strcmp(id, "appendonsend") == 0 || strstr(class, "yahoo_quoted") != NULL ||
					strcmp(id, "mail-editor-reference-message-container") == 0;
	if (!signature && !original)
		return;
	owe_newlines(writer, 1);
	if (writer->text->len > 0) {
		const char *mark = signature ? "-- " : "-----Original Message-----";
		start_line(writer);
		g_string_append(writer->text, mark);
		writer->newlines = 1;
	}
}

static void on_start(void *user, const xmlChar *element, const xmlChar **attributes)
{
	Writer *writer = user;
	const char *name = (const char *)element;
	bool quote = strcmp(name, "blockquote") == 0;
	writer->hidden += is_hidden(name);
	writer->preformatted += strcmp(name, "pre") == 0;
	if (writer->hidden == 0)
		mark_part(writer, name, attributes);
	if (strcmp(name, "br") == 0)
		writer->newlines += writer->text->len > 0;
	else if (is_block(name))
		owe_newlines(writer, is_paragraph(name) ? 2 : 1);
	else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0)
		writer->space = true;
	writer->quotes += quote;
	if (strcmp(name, "li") == 0)
		take_text(writer, "- ", 2);
}

static void on_end(void *user, const xmlChar *element)
{
	Writer *writer = user;
	const char *name = (const char *)element;
	writer->hidden -= is_hidden(name) && writer->hidden > 0;
	writer->preformatted -= strcmp(name, "pre") == 0 && writer->preformatted > 0;
	if (is_block(name))
		owe_newlines(writer, is_paragraph(name) ? 2 : 1);
	writer->quotes -= strcmp(name, "blockquote") == 0 && writer->quotes > 0;
}

/* NULL where the library is not there. It is never closed again. */
static const Library *load_library(void)
{
	static Library library;
	static gsize tried;
	if (g_once_init_enter(&tried)) {
		void *handle = dlopen(LIBXML_FILE, RTLD_LAZY | RTLD_LOCAL);
		if (handle != NULL) {
			library.begin = (__typeof__(library.begin))dlsym(handle, "htmlCreatePushParserCtxt");
			library.use_options = (__typeof__(library.use_options))dlsym(handle, "htmlCtxtUseOptions");
			library.parse = (__typeof__(library.parse))dlsym(handle, "htmlParseChunk");
			library.end = (__typeof__(library.end))dlsym(handle, "htmlFreeParserCtxt");
			library.stop = (__typeof__(library.stop))dlsym(handle, "xmlStopParser");
			library.free_doc = (__typeof__(library.free_doc))dlsym(handle, "xmlFreeDoc");
		}
		g_once_init_leave(&tried, 1);
	}
	bool whole = library.begin != NULL && library.use_options != NULL && library.parse != NULL && library.end != NULL &&
				 library.stop != NULL && library.free_doc != NULL;
	return whole ? &library : NULL;
}

char *html_to_text(const char *html, size_t length, size_t limit)
{
	const Library *library = load_library();
	Writer writer = {.libxml = library, .text = g_string_new(NULL), .limit = limit};
	htmlSAXHandler handler = {
		.startElement = on_start, .endElement = on_end, .characters = on_text, .cdataBlock = NULL};
	handler.ignorableWhitespace = on_text;
	htmlParserCtxtPtr context =
		library == NULL ? NULL : library->begin(&handler, &writer, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (context != NULL) {
		writer.context = context;
		library->use_options(
			context,
			HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
		library->parse(context, html, (int)MIN(length, (size_t)G_MAXINT), 1);
		if (context->myDoc != NULL)
			library->free_doc(context->myDoc);
		library->end(context);
	}
	return g_string_free(writer.text, FALSE);
}
