/* fuzz-when.c - any text as a date: no crash, and a day that was read lies in the years of limits.h.
 */
#include <app/when.h>

#include <base/limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(Zone) zone = zone_load("Europe/Berlin", NULL);
	for (int direction = WHEN_AHEAD; direction <= WHEN_BACK; direction++) {
		When when = {0};
		int64_t seconds = 0;
		if (when_parse(text, zone, 1795000000, (WhenDirection)direction, &when, NULL)) {
			int year = civil_from_day(when.day).year;
			if (year < LIMIT_YEAR_MIN - 100 || year > LIMIT_YEAR_MAX + 100)
				abort();
		}
		(void)!duration_parse(text, &seconds, NULL);
	}
	return 0;
}
