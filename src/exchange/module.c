/* module.c - the table that the program loads the room by.
 */
#include <exchange/module.h>

const ExchangeModule *followup_exchange_module(void)
{
	static const ExchangeModule module = {
		.version = EXCHANGE_MODULE_VERSION,
		.read = exchange_read,
		.write_vcards = exchange_write_vcards,
		.write_people = exchange_write_people,
		.write_calendar = exchange_write_calendar,
		.person_new = item_person_new,
		.person_free = item_person_free,
	};
	return &module;
}
