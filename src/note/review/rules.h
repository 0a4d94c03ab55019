/* rules.h - the rules, by what they look at; each adds its findings to the reading.
 *
 * None needs another: they may run in any order.
 */
#pragma once

#include "reading.h"

void rules_names(Reading *reading);       /* wrong-name */
void rules_company(Reading *reading);     /* wrong-company */
void rules_position(Reading *reading);    /* wrong-position */
void rules_days(Reading *reading);        /* wrong-day */
void rules_blanks(Reading *reading);      /* placeholder, missing-attachment */
void rules_must(Reading *reading);        /* missing-… */
void rules_tone(Reading *reading);        /* the rules that are lists of patterns, grammar's among them */
void rules_learned(Reading *reading);     /* the tones that examples have taught */
void rules_shouting(Reading *reading);    /* shouting, and faces among the words */
void rules_length(Reading *reading);      /* too-long, too-short */
void rules_generic(Reading *reading);     /* generic */
void rules_alike(Reading *reading);       /* alike */
void rules_repeated(Reading *reading);    /* repeated */
void rules_spelling(Reading *reading);    /* spelling */
void rules_grammar(Reading *reading);     /* grammar: what needs more than a pattern */
void rules_agreement(Reading *reading);   /* grammar: subjects of several words and their verbs */
void rules_determiners(Reading *reading); /* grammar: your and you're, its and it's, their and there */
void rules_punctuation(Reading *reading); /* punctuation */

/* True if the examples say that what stands around the match does not strike the tone of that rule, whatever its words.
 */
bool learned_belies(const Reading *reading, const Match *match, int rule);
