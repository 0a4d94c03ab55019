/* operators.h - faults that can be planted in any good note, one each.
 *
 * An operator changes a note at a place drawn from a seed and says which rule must speak; where a note has no such
 * place it leaves it alone.
 */
#pragma once

#include "cases.h"

typedef struct Operator {
	const char *name;
	ReviewRule rule;
	/* The changed note, or NULL where the fault cannot be planted. Free with g_free. */
	char *(*plant)(const Case *one, GRand *random);
} Operator;

extern const Operator operators[];
extern const size_t operator_count;
