/* turns.h - how often a test goes around.
 *
 * As often as it is worth; fewer times where it is built with sanitizers, which look at memory and not at words, and
 * where a build without them goes through all of it (meson.build).
 */
#pragma once

#ifdef TESTS_A_PART
#define TURNS(all, part) (part)
#else
#define TURNS(all, part) (all)
#endif
