// What the machine gives: a console, an exit and a counter.

#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

void write_number(const char *name, uint32_t number);
_Noreturn void end_run(int status);

void start_counter(void);
uint32_t read_counter(void);
// The instructions since the reading, as examples/firmware/support counts them; UINT32_MAX if there were too many.
uint32_t count_since(uint32_t start);

#endif
