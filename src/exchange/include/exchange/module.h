/* module.h - the room's one door when it is loaded at run time.
 *
 * libical takes longer to load than most commands take to run, so the room is a shared module that main opens when a
 * command first needs it (followup-exchange.so, never closed again).  It exports one symbol; everything is called
 * through the struct behind it, whose members do what the functions of the same name in the other headers say.
 */
#pragma once

#include <exchange/calendar-write.h>
#include <exchange/read.h>
#include <exchange/write.h>

/* Raised with every change of the struct: a module of another version is not used. */
#define EXCHANGE_MODULE_VERSION 2
#define EXCHANGE_MODULE_FILE "followup-exchange.so"
#define EXCHANGE_MODULE_SYMBOL "followup_exchange_module"

typedef struct ExchangeModule {
	unsigned version;
	bool (*read)(const ReadRequest *request, GPtrArray **ret_items, GError **error);
	bool (*write_vcards)(const GPtrArray *people, GString **ret_text, GError **error);
	bool (*write_people)(const GPtrArray *people, GString **ret_text, GError **error);
	bool (*write_calendar)(const GPtrArray *events, const char *name, GString **ret_text, GError **error);
	ItemPerson *(*person_new)(void);
	void (*person_free)(ItemPerson *person);
} ExchangeModule;

typedef const ExchangeModule *(*ExchangeModuleFunction)(void);

__attribute__((visibility("default"))) const ExchangeModule *followup_exchange_module(void);
