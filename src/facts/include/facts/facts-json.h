/* facts-json.h - facts from and to JSON, as the contract fixes it (version 1).
 *
 * Strict: a key nobody knows, a wrong type, a word that is none of its set, an id that names nobody is INVALID, with
 * the place ("facts.people[2].emial").  Times without an offset are read in the facts' own zone.
 */
#pragma once

#include <facts/facts.h>

/* Reads many facts one after the other; remembers the last zone loaded. Not for two threads at once. */
typedef struct FactsReader FactsReader;
FactsReader *facts_reader_new(void);
void facts_reader_free(FactsReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FactsReader, facts_reader_free)

/* Reads one facts object from text of length bytes (no NUL needed) and checks it whole (facts_check). The caller owns
 * *ret_facts. */
bool facts_reader_parse(FactsReader *reader, const char *text, size_t length, Facts **ret_facts, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* As above for a single object. */
bool facts_parse(const char *text, size_t length, Facts **ret_facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends the facts as one JSON object that facts_parse reads back to equal facts. */
void facts_format(const Facts *facts, bool indented, GString *text);
