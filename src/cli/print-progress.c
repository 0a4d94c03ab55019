/* print-progress.c - how far a long work is, drawn over itself on the terminal.
 *
 * What takes less than a second shows nothing; output that goes to a file or a program is never touched.
 */
#include "print.h"

#include <stdio.h>
#include <time.h>

enum { FIRST_AFTER = 1000000, AGAIN_AFTER = 200000 }; /* microseconds */

static int64_t microseconds(void)
{
	struct timespec spec;
	clock_gettime(CLOCK_MONOTONIC, &spec);
	return (int64_t)spec.tv_sec * 1000000 + spec.tv_nsec / 1000;
}

void progress_show(Progress *progress, const Terminal *terminal, const char *what, int64_t done, int64_t all)
{
	if (!terminal->live)
		return;
	int64_t now = microseconds();
	if (progress->started == 0)
		progress->started = now;
	if (now - progress->started < (progress->shown ? AGAIN_AFTER : FIRST_AFTER))
		return;
	progress->started = now;
	progress->shown = true;
	if (all > 0)
		fprintf(
			stderr, "\r\033[K%s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " (%d %%)", what, done, all,
			(int)(done * 100 / all));
	else
		fprintf(stderr, "\r\033[K%s: %" G_GINT64_FORMAT, what, done);
	fflush(stderr);
}

void progress_end(Progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
