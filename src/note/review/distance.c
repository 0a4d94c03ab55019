/* distance.c - three rows of the usual table, on the stack.
 *
 * Both words are decoded first, so that an accent is one character.
 */
#include "distance.h"

#include <glib.h>
#include <stdlib.h>

enum { LONGEST = 64 };

static int decode(const char *word, size_t length, gunichar out[LONGEST])
{
	int count = 0;
	for (const char *at = word; at < word + length; at = g_utf8_next_char(at)) {
		if (count == LONGEST)
			return -1;
		out[count++] = g_utf8_get_char(at);
	}
	return count;
}

static int least(int a, int b, int c)
{
	return MIN(MIN(a, b), c);
}

int slips_between(const char *a, size_t a_length, const char *b, size_t b_length, int limit)
{
	gunichar left[LONGEST], right[LONGEST];
	int rows[3][LONGEST + 1];
	int n = decode(a, a_length, left), m = decode(b, b_length, right);
	if (n < 0 || m < 0 || abs(n - m) > limit)
		return limit + 1;
	for (int j = 0; j <= m; j++)
		rows[0][j] = j;
	for (int i = 1; i <= n; i++) {
		int *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
		row[0] = i;
		for (int j = 1; j <= m; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left[i - 1] != right[j - 1]));
			if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
				row[j] = MIN(row[j], second[j - 2] + 1);
		}
	}
	return MIN(rows[n % 3][m], limit + 1);
}

int slips_allowed(size_t characters)
{
	return characters <= 3 ? 0 : characters <= 6 ? 1 : 2;
}
