/* tries.c - counts that fade, and waits.
 */
#include "tries.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

enum {
	FREE_TRIES = 5,         /* of one address, without a wait */
	FREE_TRIES_OF_ALL = 50, /* of all together */
	FIRST_WAIT = 4,         /* seconds; it doubles with each further one */
	LONGEST_WAIT = 900,
	LONGEST_WAIT_OF_ALL = 30, /* short: whoever knows the password must get in while others try */
	FORGOTTEN_AFTER = 3600,   /* seconds without a wrong one */
	ADDRESSES_MAX = 4096,
};

typedef struct Count {
	int wrong;
	int64_t last, until;
} Count;

struct Tries {
	GHashTable *by_address; /* char* to Count* */
	Count all;
};

Tries *tries_new(void)
{
	Tries *tries = g_new0(Tries, 1);
	tries->by_address = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return tries;
}

void tries_free(Tries *tries)
{
	if (tries == NULL)
		return;
	g_hash_table_unref(tries->by_address);
	g_free(tries);
}

/* Free with g_free. */
static char *network_of(const char *address)
{
	unsigned char bytes[16];
	char text[INET6_ADDRSTRLEN];
	if (inet_pton(AF_INET6, address, bytes) != 1)
		return g_strdup(address);
	static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
	if (memcmp(bytes, mapped, sizeof mapped) != 0)
		memset(bytes + 8, 0, 8);
	return g_strdup(inet_ntop(AF_INET6, bytes, text, sizeof text));
}

int64_t tries_wait(const Tries *tries, const char *address, int64_t now)
{
	g_autofree char *network = network_of(address);
	const Count *own = g_hash_table_lookup(tries->by_address, network);
	int64_t until = MAX(tries->all.until, own == NULL ? 0 : own->until);
	return MAX(0, until - now);
}

static void count_one(Count *count, int free_tries, int64_t longest, int64_t now)
{
	if (now - count->last > FORGOTTEN_AFTER)
		count->wrong = 0;
	count->last = now;
	count->wrong++;
	int beyond = count->wrong - free_tries;
	if (beyond >= 0)
		count->until = now + MIN(longest, (int64_t)FIRST_WAIT << MIN(beyond, 16));
}

static gboolean is_forgotten(gpointer key, gpointer value, gpointer now)
{
	return *(const int64_t *)now - ((const Count *)value)->last > FORGOTTEN_AFTER;
}

/* Where even that leaves too many, nobody's count is kept but that of all together. */
static bool make_room(Tries *tries, int64_t now)
{
	if (g_hash_table_size(tries->by_address) >= ADDRESSES_MAX)
		g_hash_table_foreach_remove(tries->by_address, is_forgotten, &now);
	return g_hash_table_size(tries->by_address) < ADDRESSES_MAX;
}

void tries_fail(Tries *tries, const char *address, int64_t now)
{
	g_autofree char *network = network_of(address);
	Count *own = g_hash_table_lookup(tries->by_address, network);
	if (own == NULL && make_room(tries, now)) {
		own = g_new0(Count, 1);
		own->last = now;
		g_hash_table_insert(tries->by_address, g_steal_pointer(&network), own);
	}
	if (own != NULL)
		count_one(own, FREE_TRIES, LONGEST_WAIT, now);
	count_one(&tries->all, FREE_TRIES_OF_ALL, LONGEST_WAIT_OF_ALL, now);
}

void tries_succeed(Tries *tries, const char *address)
{
	g_autofree char *network = network_of(address);
	g_hash_table_remove(tries->by_address, network);
}
