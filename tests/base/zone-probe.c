/* zone-probe.c - answers questions about time zones on standard input, for compare-zones.
 *
 * Each line is a letter and a word: "z NAME" loads a zone; "o SECONDS" prints its offset at an instant; "w SECONDS"
 * prints the instant of a wall-clock time, given as if it were UTC.
 */
#include <base/zone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Zone *load(const char *name)
{
	g_autoptr(GError) error = NULL;
	Zone *zone = zone_load(name, &error);
	if (zone == NULL)
		g_printerr("%s\n", error->message);
	return zone;
}

static int64_t to_instant(const Zone *zone, int64_t wall)
{
	int64_t day = wall / DAY_SECONDS - (wall % DAY_SECONDS < 0);
	return zone_to_instant(zone, (Day)day, (int)(wall - day * DAY_SECONDS));
}

int main(void)
{
	char line[128];
	g_autoptr(Zone) zone = NULL;
	while (fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		int64_t number = strtoll(line + 2, NULL, 10);
		if (line[0] == 'z') {
			g_clear_pointer(&zone, zone_unref);
			zone = load(line + 2);
			if (zone == NULL)
				return 1;
		} else if (line[0] == 'o') {
			printf("%d\n", zone_offset_at(zone, number));
		} else {
			printf("%lld\n", (long long)to_instant(zone, number));
		}
	}
	return 0;
}
