/* review.c - how long a note takes to be reviewed, the dictionary loaded.
 *
 * usage: bench-review MODULE FOLDER FACTS NOTE ROUNDS
 *
 * MODULE is the dictionary module, FOLDER where it may keep files.  Each round reviews the note whole, then asks the
 * dictionary alone for each of its words.  Prints medians in microseconds, what loading the dictionary took, and how
 * much memory the rounds behind the first tenth of them added: "review 312.5 dictionary 20.1 findings 3 load 9000
 * growth 0" (KiB).
 */
#include <dlfcn.h>
#include <facts/facts-json.h>
#include <note/review.h>
#include <note/spell.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const SpellModule *load_module(const char *path)
{
	void *handle = dlopen(path, RTLD_NOW);
	SpellModuleFunc module = NULL;
	if (handle != NULL)
		*(void **)&module = dlsym(handle, SPELL_MODULE_SYMBOL);
	return module == NULL ? NULL : module();
}

static Facts *load_facts(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	gsize length = 0;
	Facts *facts = NULL;
	return g_file_get_contents(path, &text, &length, error) && facts_parse(text, length, &facts, error) ? facts : NULL;
}

static void spell_alone(const Speller *speller, const char *note)
{
	for (const char *at = note; *at != '\0';) {
		size_t length = 0;
		while (g_ascii_isalpha(at[length]))
			length++;
		if (length > 0)
			(void)!speller->check(speller->data, at, length);
		at += length > 0 ? length : 1;
	}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, compare);
	return values[count / 2];
}

/* What the process holds in memory, in KiB. */
static long resident(void)
{
	long pages = 0, held = 0;
	FILE *file = fopen("/proc/self/statm", "r");
	if (file != NULL && fscanf(file, "%ld %ld", &pages, &held) != 2)
		held = 0;
	if (file != NULL)
		fclose(file);
	return held * (sysconf(_SC_PAGESIZE) / 1024);
}

static bool measure(ReviewRequest *request, int rounds, double load, GError **error)
{
	g_autofree double *whole = g_new0(double, rounds), *alone = g_new0(double, rounds);
	guint findings = 0;
	long before = 0;
	for (int i = 0; i < rounds; i++) {
		if (i == rounds / 10)
			before = resident();
		g_autoptr(Review) review = NULL;
		gint64 start = g_get_monotonic_time();
		if (!review_note(request, &review, error))
			return false;
		whole[i] = (double)(g_get_monotonic_time() - start);
		findings = review->findings->len;
		start = g_get_monotonic_time();
		for (int again = 0; again < 10; again++)
			spell_alone(request->speller, request->note);
		alone[i] = (double)(g_get_monotonic_time() - start) / 10;
	}
	long growth = resident() - before;
	printf(
		"review %.1f dictionary %.1f findings %u load %.1f growth %ld\n", median(whole, rounds), median(alone, rounds),
		findings, load, growth);
	return true;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Facts) facts = NULL;
	g_autoptr(Speller) speller = NULL;
	g_autofree char *note = NULL;
	gsize length = 0;
	const SpellModule *module = argc == 6 ? load_module(argv[1]) : NULL;
	if (module == NULL) {
		fprintf(
			stderr, "usage: bench-review MODULE FOLDER FACTS NOTE ROUNDS (%s)\n",
			argc == 6 ? dlerror() : "five arguments");
		return 2;
	}
	facts = load_facts(argv[3], &error);
	gint64 start = g_get_monotonic_time();
	bool opened = module->open(argv[2], &speller, &error);
	/* The first word is what makes it load. */
	if (opened)
		(void)!speller->check(speller->data, "colour", 6);
	double load = (double)(g_get_monotonic_time() - start);
	if (facts != NULL && opened && g_file_get_contents(argv[4], &note, &length, &error)) {
		ReviewRequest request = REVIEW_REQUEST_INIT;
		request.note = note;
		request.length = length;
		request.facts = facts;
		request.step = STEP_THANK_YOU;
		request.to = 0;
		request.interview = 0;
		request.channel = CHANNEL_EMAIL;
		request.speller = speller;
		if (measure(&request, MAX(atoi(argv[5]), 1), load, &error))
			return 0;
	}
	fprintf(stderr, "bench-review: %s\n", error->message);
	return 1;
}
