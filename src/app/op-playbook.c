/* op-playbook.c - followup playbook: the ways of following up there are, what one of them says, and whether one is
 * sound.
 */
#include "ops.h"
#include "playbook-lines.h"

#include <base/limits.h>
#include <base/text.h>
#include <plan/playbook-check.h>

static void tell_in_list(const Playbook *playbook, const char *origin, Printer *printer)
{
	printer_object(printer, NULL);
	printer_string(printer, "name", NULL, playbook_get_name(playbook));
	printer_string(printer, "title", NULL, playbook_get_title(playbook));
	printer_string(printer, "summary", NULL, playbook_get_summary(playbook));
	printer_string(printer, "origin", NULL, origin);
	printer_row(
		printer, (const char *const[]){playbook_get_name(playbook), origin, playbook_get_title(playbook), NULL});
	printer_object_end(printer);
}

/* The user's own, from the config folder; one that cannot be read is named with what is wrong. */
static void list_own(App *app, Printer *printer)
{
	g_autofree char *folder = g_build_filename(app->config_dir, "playbooks", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *file = NULL;
	while (dir != NULL && (file = g_dir_read_name(dir)) != NULL) {
		g_autoptr(GError) fault = NULL;
		const Playbook *playbook = NULL;
		if (!g_str_has_suffix(file, ".playbook"))
			continue;
		g_autofree char *path = g_build_filename(folder, file, NULL);
		if (desk_playbook_load(app, path, &playbook, &fault))
			tell_in_list(playbook, "yours", printer);
		else
			printer_say_text(printer, SAY_WARNING, fault->message);
	}
}

static bool list_playbooks(App *app, Printer *printer, GError **error)
{
	printer_object(printer, NULL);
	printer_list(printer, "playbooks");
	for (const char *const *name = playbook_shipped_names(); *name != NULL; name++) {
		const Playbook *playbook = NULL;
		if (!desk_playbook_load(app, *name, &playbook, error))
			return false;
		tell_in_list(playbook, "shipped", printer);
	}
	list_own(app, printer);
	printer_list_end(printer);
	printer_break(printer);
	printer_say(printer, SAY_COMMAND, "followup playbook show standard");
	printer_object_end(printer);
	return true;
}

/* What the articles are called that the shipped rules come from; NULL for any other source. */
static const char *name_article(const char *source)
{
	static const char *const articles[][2] = {
		{"000_acdb32f46573db32.txt", "How to Follow Up After a Job Interview"},
		{"001_97061c4d5ee00e58.txt", "Job Interview Follow Up"},
		{"002_f80ab5cb05f6104a.txt", "What is the Best Way to Follow Up After an Interview?"},
		{"003_b26c21053bf9d0f0.txt", "6 key ways to follow up after an interview"},
		{"004_3dc7818f8935a0b3.txt", "seven steps after an interview (without a title)"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(articles); i++)
		if (g_strcmp0(articles[i][0], source) == 0)
			return articles[i][1];
	return NULL;
}

static bool show_playbook(App *app, const char *name, Printer *printer, GError **error)
{
	const Playbook *playbook = NULL;
	g_autofree char *text = NULL;
	size_t length = 0;
	if (!desk_playbook_load(app, name, &playbook, error) || !desk_playbook_text_load(app, name, &text, &length, error))
		return false;
	g_autoptr(PlaybookLines) lines = playbook_lines_new(text, length);
	printer_object(printer, NULL);
	printer_string(printer, "name", NULL, playbook_get_name(playbook));
	printer_string(printer, "title", NULL, playbook_get_title(playbook));
	printer_string(printer, "summary", NULL, playbook_get_summary(playbook));
	printer_say(printer, SAY_HEADING, "%s: %s", playbook_get_name(playbook), playbook_get_title(playbook));
	printer_say_text(printer, SAY_TEXT, playbook_get_summary(playbook));
	printer_break(printer);
	printer_list(printer, "rules");
	for (int i = 0; i < playbook_get_rule_count(playbook); i++) {
		const PlaybookRule *rule = playbook_get_rule(playbook, i);
		const char *step = word_text(WORDS_STEP, playbook_rule_get_step(rule));
		printer_object(printer, NULL);
		printer_string(printer, "rule", NULL, playbook_rule_get_id(rule));
		printer_string(printer, "step", NULL, step);
		printer_string(printer, "source", NULL, playbook_rule_get_source(rule));
		printer_string(printer, "article", NULL, name_article(playbook_rule_get_source(rule)));
		printer_string(printer, "text", NULL, playbook_rule_get_summary(rule));
		tell_rule_lines(lines, i, printer);
		printer_say(
			printer, SAY_ITEM, "%s%s%s: %s", playbook_rule_get_id(rule), step == NULL ? "" : ", ",
			step == NULL ? "" : step, playbook_rule_get_summary(rule));
		printer_say(printer, SAY_DETAIL, "from %s", playbook_rule_get_source(rule));
		printer_object_end(printer);
	}
	printer_list_end(printer);
	tell_ask_lines(lines, printer);
	printer_object_end(printer);
	return true;
}

static void tell_faults(const GPtrArray *faults, Printer *printer)
{
	printer_list(printer, "faults");
	for (guint i = 0; i < faults->len; i++) {
		const PlaybookFault *fault = g_ptr_array_index(faults, i);
		printer_object(printer, NULL);
		printer_string(printer, "where", NULL, fault->where);
		printer_string(printer, "message", NULL, fault->message);
		printer_say(printer, SAY_URGENT, "%s: %s", fault->where, fault->message);
		printer_object_end(printer);
	}
	printer_list_end(printer);
}

/* Plays it through histories; a breach is told as a story. */
static bool prove(const char *name, const char *text, size_t length, Printer *printer, GError **error)
{
	g_autoptr(Playbook) playbook = NULL;
	g_autoptr(Zone) zone = zone_load("UTC", error);
	if (zone == NULL || !playbook_parse(text, length, name, &playbook, error))
		return false;
	PlaybookBreach *breach = playbook_prove(playbook, zone);
	if (breach == NULL) {
		printer_say(
			printer, SAY_GOOD, "%s is well written and keeps to etiquette in every history it was played through.",
			name);
		printer_object_end(printer);
		return true;
	}
	printer_object(printer, "breach");
	printer_string(printer, "rule", NULL, breach->rule);
	printer_string(printer, "message", NULL, breach->message);
	printer_string(printer, "story", NULL, breach->story);
	printer_say(printer, SAY_URGENT, "%s (%s)", breach->message, breach->rule);
	printer_say_text(printer, SAY_QUOTE, breach->story);
	printer_object_end(printer);
	printer_object_end(printer);
	base_error_set(
		error, BASE_ERROR_CONFLICT, breach->rule, "The playbook %s can break etiquette (%s): %s", name, breach->rule,
		breach->message);
	playbook_breach_free(breach);
	return false;
}

static bool check_playbook(const App *app, const char *name, Printer *printer, GError **error)
{
	g_autofree char *text = NULL;
	size_t length = 0;
	if (!desk_playbook_text_load(app, name, &text, &length, error))
		return false;
	g_autoptr(GPtrArray) faults = playbook_check(text, length);
	printer_object(printer, NULL);
	printer_string(printer, "playbook", NULL, name);
	tell_faults(faults, printer);
	if (faults->len == 0)
		return prove(name, text, length, printer, error);
	printer_object_end(printer);
	const PlaybookFault *first = g_ptr_array_index(faults, 0);
	return base_error_set(
		error, BASE_ERROR_INVALID, first->where, "The playbook %s has %u mistake%s; the first is at %s: %s", name,
		faults->len, faults->len == 1 ? "" : "s", first->where, first->message);
}

bool op_playbook(App *app, const OpArgs *args, Printer *printer, GError **error)
{
	const char *action = op_args_get(args, "action"), *name = op_args_get(args, "name");
	if (action == NULL || strcmp(action, "list") == 0)
		return list_playbooks(app, printer, error);
	if (name == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "name", "Say which playbook: followup playbook %s standard", action);
	if (strcmp(action, "show") == 0)
		return show_playbook(app, name, printer, error);
	return check_playbook(app, name, printer, error);
}
