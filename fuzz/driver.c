/* driver.c - plays a corpus through a fuzzer where libFuzzer is not at hand.
 *
 * Every file of the folder is given to LLVMFuzzerTestOneInput as it is, then cut short at many places, then changed in
 * ways drawn from a fixed seed: the same corpus gives the same inputs.  It promises that nothing crashed or hung, and
 * that no sanitizer spoke; it knows nothing of what is read.  Prints TAP.
 */
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { CUTS = 64, CHANGES = 192 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each input in a block of its own size, so that a read past its end is seen. */
static void play(const char *data, gsize size)
{
	g_autofree uint8_t *copy = g_malloc(size ? size : 1);
	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
}

static void play_cut_short(const char *data, gsize size)
{
	gsize step = size / CUTS + 1;
	for (gsize length = 0; length < size; length += step)
		play(data, length);
}

/* One change: a byte flipped, set to one that readers trip over, dropped, or a stretch repeated. */
static void change(GRand *random, GByteArray *bytes)
{
	static const guint8 nasty[] = {0, '"', '\\', '\n', '\r', '{', '}', '[', ']', ':', 0x7f, 0x80, 0xc0, 0xff};
	guint at = g_rand_int(random) % bytes->len;
	switch (g_rand_int_range(random, 0, 4)) {
	case 0:
		bytes->data[at] ^= (guint8)(1u << g_rand_int_range(random, 0, 8));
		break;
	case 1:
		bytes->data[at] = nasty[g_rand_int(random) % G_N_ELEMENTS(nasty)];
		break;
	case 2:
		if (bytes->len > 1)
			g_byte_array_remove_index(bytes, at);
		break;
	default: {
		guint length = MIN(bytes->len - at, 16u);
		guint8 stretch[16];
		memcpy(stretch, bytes->data + at, length);
		g_byte_array_append(bytes, stretch, length);
	}
	}
}

static void play_changed(GRand *random, const char *data, gsize size)
{
	for (int round = 0; size && round < CHANGES; round++) {
		g_autoptr(GByteArray) bytes = g_byte_array_new();
		g_byte_array_append(bytes, (const guint8 *)data, (guint)size);
		for (int changes = g_rand_int_range(random, 1, 6); changes; changes--)
			change(random, bytes);
		play((const char *)bytes->data, bytes->len);
	}
}

static bool play_file(GRand *random, const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL), *data = NULL;
	gsize size;
	if (!g_file_get_contents(path, &data, &size, NULL))
		return false;
	play(data, size);
	play_cut_short(data, size);
	play_changed(random, data, size);
	return true;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
	g_autoptr(GDir) folder = argc == 2 ? g_dir_open(argv[1], 0, NULL) : NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GRand) random = g_rand_new_with_seed(1);

	for (const char *name = folder ? g_dir_read_name(folder) : NULL; name; name = g_dir_read_name(folder))
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	play("", 0);
	if (names->len == 0)
		printf("not ok 1 - corpus %s: no file in it\n", argc == 2 ? argv[1] : "not given");
	for (guint i = 0; i < names->len; i++) {
		printf("# %s\n", (const char *)names->pdata[i]);
		fflush(stdout);
		bool played = play_file(random, argv[1], names->pdata[i]);
		printf("%s %u - %s\n", played ? "ok" : "not ok", i + 1, (const char *)names->pdata[i]);
	}
	printf("1..%u\n", MAX(names->len, 1u));
	return names->len == 0;
}
