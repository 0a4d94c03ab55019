/* kept-answers.c - the answers of a debrief, a line each as they come, so that a broken-off one is not lost.
 *
 * A file beside the database, readable by its owner alone: "QUESTION<tab>ANSWER", or "QUESTION" where there was no more
 * to say.  It is gone when the debrief is on record.
 */
#include "kept-answers.h"

#include <base/limits.h>
#include <base/part-file.h>
#include <base/text.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MARK "-debrief-" /* "followup.db-debrief-7-0123456789ab" */

char *kept_answers_path(const App *app, int64_t opportunity, const char *interview)
{
	enum { DIGITS = 12 }; /* an id may be longer than the name of a file, and hold anything */
	g_autofree char *folder = g_path_get_dirname(app->db_path);
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, interview, -1);
	if (strcmp(app->db_path, STORE_MEMORY) == 0 || g_access(folder, W_OK) != 0)
		return NULL;
	return g_strdup_printf("%s" MARK "%" G_GINT64_FORMAT "-%.*s", app->db_path, opportunity, DIGITS, sum);
}

void kept_answers_forget_all(const App *app, int64_t opportunity)
{
	g_autofree char *folder = g_path_get_dirname(app->db_path), *base = g_path_get_basename(app->db_path);
	g_autofree char *begin = opportunity == 0 ? g_strconcat(base, MARK, NULL)
											  : g_strdup_printf("%s" MARK "%" G_GINT64_FORMAT "-", base, opportunity);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name = NULL;
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (g_str_has_prefix(name, begin))
			g_unlink(path);
	}
}

static void free_answer(void *data)
{
	KeptAnswer *answer = data;
	g_free(answer->question);
	g_free(answer->text);
	g_free(answer);
}

GPtrArray *kept_answers_new(void)
{
	return g_ptr_array_new_with_free_func(free_answer);
}

static void add(GPtrArray *answers, const char *question, const char *text)
{
	KeptAnswer *answer = g_new0(KeptAnswer, 1);
	answer->question = g_strdup(question);
	answer->text = g_strdup(text);
	g_ptr_array_add(answers, answer);
}

void kept_answers_put(GPtrArray *answers, const char *question, const char *text)
{
	if (text == NULL) {
		add(answers, question, NULL);
		return;
	}
	g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
	for (char **line = lines; *line != NULL; line++)
		if (!text_is_blank(*line))
			add(answers, question, g_strstrip(g_strdelimit(*line, "\t", ' ')));
}

static void add_line(GPtrArray *answers, const char *line)
{
	const char *tab = strchr(line, '\t');
	g_autofree char *question = tab == NULL ? g_strdup(line) : g_strndup(line, (size_t)(tab - line));
	add(answers, question, tab == NULL ? NULL : tab + 1);
}

GPtrArray *kept_answers_load(const char *kept)
{
	GPtrArray *answers = kept_answers_new();
	g_autofree char *text = NULL;
	size_t length = 0;
	if (kept == NULL || !g_file_test(kept, G_FILE_TEST_IS_REGULAR) ||
		!desk_file_load(kept, LIMIT_INPUT_BYTES, &text, &length, NULL) || !g_utf8_validate(text, (gssize)length, NULL))
		return answers;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL && line[1] != NULL; line++) /* what has no end was cut off */
		add_line(answers, *line);
	return answers;
}

void kept_answers_add(const char *kept, const char *question, const char *text)
{
	int fd = kept == NULL ? -1 : g_open(kept, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	g_autofree char *line = g_strconcat(question, text == NULL ? "" : "\t", text == NULL ? "" : text, "\n", NULL);
	ssize_t written = write(fd, line, strlen(line));
	(void)written; /* a full disk is said where the debrief is recorded */
	close(fd);
}

/* All of them as the file has them. */
static GString *format_answers(const GPtrArray *answers)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < answers->len; i++) {
		const KeptAnswer *answer = g_ptr_array_index(answers, i);
		g_string_append(text, answer->question);
		if (answer->text != NULL)
			g_string_append_printf(text, "\t%s", answer->text);
		g_string_append_c(text, '\n');
	}
	return text;
}

bool kept_answers_save(const char *kept, const GPtrArray *answers)
{
	g_autoptr(PartFile) file = NULL;
	g_autoptr(GString) text = format_answers(answers);
	if (kept == NULL)
		return false;
	if (answers->len == 0) {
		kept_answers_forget(kept);
		return true;
	}
	return text->len <= LIMIT_INPUT_BYTES && part_file_open(kept, &file) &&
		   write(file->fd, text->str, text->len) == (ssize_t)text->len && part_file_finish(file, true);
}

char *kept_answers_mark(const GPtrArray *answers)
{
	g_autoptr(GString) text = format_answers(answers);
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
	return g_strndup(sum, 16);
}

void kept_answers_forget(const char *kept)
{
	if (kept != NULL)
		g_unlink(kept);
}
