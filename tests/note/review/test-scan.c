/* test-scan.c - a note taken apart: greeting, signature, sentences, words.
 *
 * Letters of many shapes, each with what should be seen in it; the built-in lists say what a greeting is.
 */
#include "review/scan.h"

#include <string.h>

static char *tokens_between(const NoteText *text, uint32_t first, uint32_t last)
{
	if (first >= last)
		return g_strdup("");
	uint32_t start = text_token(text, first)->start, end = text_token(text, last - 1)->end;
	return g_strndup(text->note + start, end - start);
}

static void test_parts(void)
{
	static const struct {
		const char *note, *greeted, *signature;
	} cases[] = {
		{"Dear Mr. Finn,\n\nThank you.\n\nBest regards,\nAna Reyes\n", "Mr. Finn", "Ana Reyes"},
		{"Dear Mr. Finn,\nThank you.\nBest regards, Ana", "Mr. Finn", "Ana"},
		{"Hi John, thank you for today. Best, Ana", "John", "Ana"},
		{"Hi John!\n\nThank you.\n\nAna", "John", "Ana"},
		{"Good morning, Dr. Ruiz.\n\nThank you.\n\n- Grace Mbeki\n+1 312 555 0110\n", "Dr. Ruiz",
		 "Grace Mbeki\n+1 312 555 0110"},
		{"John,\n\nThank you.\n\nAna\n", "John", "Ana"},
		{"John,\n\nThank you.\n\nAna Reyes, RN\n602-555-0142\n", "John", "Ana Reyes, RN\n602-555-0142"},
		{"Ms. Ruiz,\n\nYou asked how I feel about that. Honestly, fine, if we know by eight.\n\n"
		 "Thanks for the tour and the spare clogs.\n\nAna Reyes, RDH\n",
		 "Ms. Ruiz", "Ana Reyes, RDH"},
		{"John,\n\nThank you.\n\nAna Reyes (she/her)\n", "John", "Ana Reyes (she/her)"},
		{"John, thank you for today.\n\nAna\n", "John", "Ana"},
		{"dear john,\n\nthank you.\n\nana\n", "john", "ana"},
		{"Dear ,\n\nThank you.\n", "", ""},
		{"Hello, this is Ana Reyes. I am calling.", "", ""},
		{"Dear Huck and John,\n\nThank you.\n\nYours sincerely,\nAna de la Cruz\nana@example.net\n", "Huck and John",
		 "Ana de la Cruz\nana@example.net"},
		{"Subject: Hi John\n\nDear Mary,\n\nThank you.\n\nMany thanks,\nAna\n\nP.S. I found it.\n", "Mary", "Ana"},
		{"Thank you for today. I liked Boston", "", ""},
		{"Dear To\xc5\x82\xc3\xb3n,\r\n\r\nThank you.\r\n\r\nRegards,\r\nAna\r\n", "To\xc5\x82\xc3\xb3n", "Ana"},
		{"", "", ""},
		{"\n\n\n", "", ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(NoteText) text;
		note_text_init(&text, cases[i].note, strlen(cases[i].note), &review_lists_built_in);
		g_autofree char *greeted = tokens_between(&text, text.greeting_first, text.greeting_last);
		g_autofree char *signature = tokens_between(&text, text.signature_first, text.signature_last);
		g_test_message("%s", cases[i].note);
		g_assert_cmpstr(greeted, ==, cases[i].greeted);
		g_assert_cmpstr(signature, ==, cases[i].signature);
	}
}

/* Sentences of one paragraph, joined by "|". */
static void test_sentences(void)
{
	static const struct {
		const char *note, *sentences;
	} cases[] = {
		{"I came. I saw.", "I came.|I saw."},
		{"I met Mr. Finn and Dr. Ruiz. Both were kind.", "I met Mr. Finn and Dr. Ruiz.|Both were kind."},
		{"It was 9 a.m. when I left, e.g. early.", "It was 9 a.m. when I left, e.g. early."},
		{"It was 9 a.m. We left.", "It was 9 a.m.|We left."},
		{"Is it open? Yes! Good...", "Is it open?|Yes!|Good..."},
		{"He said \"Come in spring.\" I will.", "He said \"Come in spring.\"|I will."},
		{"See www.example.org/a.b for more.", "See www.example.org/a.b for more."},
		{"Two lines\nof one sentence. And\nanother.", "Two lines\nof one sentence.|And\nanother."},
		{"A stop.No space", "A stop.No space"},
		{"J. R. Hale wrote it. I read it.", "J. R. Hale wrote it.|I read it."},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(NoteText) text;
		g_autoptr(GString) joined = g_string_new(NULL);
		note_text_init(&text, cases[i].note, strlen(cases[i].note), &review_lists_built_in);
		for (uint32_t s = 0; s < text.sentences->len; s++) {
			g_autofree char *sentence =
				tokens_between(&text, text_sentence(&text, s)->first, text_sentence(&text, s)->last);
			g_string_append_printf(joined, "%s%s", s ? "|" : "", sentence);
		}
		g_assert_cmpstr(joined->str, ==, cases[i].sentences);
	}
}

/* Words in small letters, joined by spaces. */
static void test_words(void)
{
	static const struct {
		const char *note, *words;
		int count;
	} cases[] = {
		{"I'm sure they've gone; it isn't John's.", "i am sure they have gone ; it is not john .", 7},
		{"can't won't shan't let's", "can not will not shall not let us", 4},
		{"The teams' plan, O'Brien said", "the teams plan , o'brien said", 5},
		{"a follow-up by e-mail: 50% at 10:30", "a follow up by e mail : 50% at 10:30", 7},
		{"ana@example.net or http://a.example/x?y=1.", "ana@example.net or http://a.example/x?y=1 .", 3},
		{"Na\xc3\xafve caf\xc3\xa9\xe2\x80\x94it\xe2\x80\x99s fine", "na\xc3\xafve caf\xc3\xa9 \xe2\x80\x94 it is fine",
		 3},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(NoteText) text;
		g_autoptr(GString) joined = g_string_new(NULL);
		note_text_init(&text, cases[i].note, strlen(cases[i].note), &review_lists_built_in);
		for (uint32_t t = 0; t < text.tokens->len; t++)
			g_string_append_printf(joined, "%s%s", t ? " " : "", text_lower(&text, text_token(&text, t)));
		g_assert_cmpstr(joined->str, ==, cases[i].words);
		g_assert_cmpint(text.words, ==, cases[i].count);
	}
}

static void test_headers(void)
{
	static const struct {
		const char *note;
		bool subject;
		const char *body;
	} cases[] = {
		{"Subject: Hi\n\nBody", true, "Body"},         {"subject: Hi\r\nTo: ana@example.net\r\n\r\nBody", true, "Body"},
		{"Subject:\n\nBody", false, "Body"},           {"Subject: Hi\n there\n\nBody", true, "Body"},
		{"Subject: Hi\nBody", true, "Body"},           {"Body: one\n\ntwo", false, "Body: one\n\ntwo"},
		{"\nSubject: late", false, "\nSubject: late"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(NoteText) text;
		note_text_init(&text, cases[i].note, strlen(cases[i].note), &review_lists_built_in);
		g_assert_cmpint(text.has_subject, ==, cases[i].subject);
		g_assert_cmpstr(cases[i].note + text.body, ==, cases[i].body);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/note/scan/parts", test_parts);
	g_test_add_func("/note/scan/sentences", test_sentences);
	g_test_add_func("/note/scan/words", test_words);
	g_test_add_func("/note/scan/headers", test_headers);
	return g_test_run();
}
