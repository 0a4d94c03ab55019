/* test-part-file.c - a file that is complete before it bears its name: whatever lay there, and whoever else writes it.
 */
#include <base/part-file.h>

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Place {
	char *folder, *path, *part;
} Place;

static void set_up(Place *place, const void *data)
{
	(void)data;
	place->folder = g_dir_make_tmp("part-file-XXXXXX", NULL);
	g_assert_nonnull(place->folder);
	place->path = g_build_filename(place->folder, "all.json", NULL);
	place->part = g_strconcat(place->path, ".followup-part", NULL);
}

static void tear_down(Place *place, const void *data)
{
	(void)data;
	g_unlink(place->part);
	g_unlink(place->path);
	g_assert_cmpint(g_rmdir(place->folder), ==, 0);
	g_free(place->folder);
	g_free(place->path);
	g_free(place->part);
}

static void put(const char *path, const char *text)
{
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void assert_holds(const char *path, const char *want)
{
	g_autofree char *text = NULL;
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, want);
}

static bool is_there(const char *path)
{
	return g_access(path, F_OK) == 0;
}

static void write_part(PartFile *file, const char *text)
{
	g_assert_cmpint(write(file->fd, text, strlen(text)), ==, (int)strlen(text));
}

static void test_finish(Place *place, const void *data)
{
	(void)data;
	g_autoptr(PartFile) file = NULL;
	GStatBuf found;
	put(place->part, "what a killed one left, longer than what is written now");
	g_assert_cmpint(g_chmod(place->part, 0644), ==, 0);
	g_assert_true(part_file_open(place->path, &file));
	write_part(file, "whole");
	g_assert_false(is_there(place->path));
	g_assert_true(part_file_finish(file, false));
	g_clear_pointer(&file, part_file_free);
	assert_holds(place->path, "whole");
	g_assert_false(is_there(place->part));
	g_assert_cmpint(g_stat(place->path, &found), ==, 0);
	g_assert_cmpint(found.st_mode & 0777, ==, 0600);
}

static void test_overwrite(Place *place, const void *data)
{
	(void)data;
	put(place->path, "before");
	g_autoptr(PartFile) refused = NULL, file = NULL;
	g_assert_true(part_file_open(place->path, &refused));
	write_part(refused, "after");
	g_assert_false(part_file_finish(refused, false));
	g_assert_cmpint(errno, ==, EEXIST);
	g_clear_pointer(&refused, part_file_free);
	assert_holds(place->path, "before");
	g_assert_true(part_file_open(place->path, &file));
	write_part(file, "after");
	g_assert_true(part_file_finish(file, true));
	g_clear_pointer(&file, part_file_free);
	assert_holds(place->path, "after");
	g_assert_false(is_there(place->part));
}

static void test_given_up(Place *place, const void *data)
{
	(void)data;
	g_autoptr(PartFile) file = NULL;
	g_assert_true(part_file_open(place->path, &file));
	write_part(file, "half");
	g_clear_pointer(&file, part_file_free);
	g_assert_false(is_there(place->path) || is_there(place->part));
}

static void test_two_at_once(Place *place, const void *data)
{
	(void)data;
	g_autoptr(PartFile) first = NULL, second = NULL;
	g_assert_true(part_file_open(place->path, &first));
	write_part(first, "first");
	g_assert_false(part_file_open(place->path, &second));
	g_assert_cmpint(errno, ==, EWOULDBLOCK);
	g_assert_true(part_file_finish(first, false));
	assert_holds(place->path, "first");
}

/* Killed between the link and the end: the part is the file itself. */
static void test_linked(Place *place, const void *data)
{
	(void)data;
	g_autoptr(PartFile) file = NULL;
	put(place->path, "whole");
	g_assert_cmpint(link(place->path, place->part), ==, 0);
	g_assert_true(part_file_open(place->path, &file));
	write_part(file, "another");
	g_clear_pointer(&file, part_file_free);
	assert_holds(place->path, "whole");
}

static void test_strange(Place *place, const void *data)
{
	(void)data;
	g_autoptr(PartFile) file = NULL;
	g_autofree char *target = g_build_filename(place->folder, "target", NULL);
	g_autofree char *nowhere = g_build_filename(place->folder, "no-such-folder", "all.json", NULL);
	put(target, "not ours");
	g_assert_cmpint(symlink(target, place->part), ==, 0);
	g_assert_false(part_file_open(place->path, &file));
	assert_holds(target, "not ours");
	g_unlink(target);
	g_assert_false(part_file_open(nowhere, &file));
	g_assert_cmpint(errno, ==, ENOENT);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(Place *, const void *);
	} tests[] = {
		{"finish", test_finish},           {"overwrite", test_overwrite}, {"given-up", test_given_up},
		{"two-at-once", test_two_at_once}, {"linked", test_linked},       {"strange", test_strange},
	};
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path = g_strconcat("/part-file/", tests[i].name, NULL);
		g_test_add(path, Place, NULL, set_up, tests[i].run, tear_down);
	}
	return g_test_run();
}
