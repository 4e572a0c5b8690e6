#include "board.h"

enum { SYS_WRITE0 = 0x04, SYS_EXIT_EXTENDED = 0x20, APPLICATION_EXIT = 0x20026 };

static void call_host(uint32_t operation, const void *argument) {
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void write_number(const char *name, uint32_t number) {
    char text[13], *start = text + sizeof text;
    *--start = '\0';
    *--start = '\n';
    do {
        *--start = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    *--start = ' ';
    call_host(SYS_WRITE0, name);
    call_host(SYS_WRITE0, start);
}

_Noreturn void end_run(int status) {
    uint32_t block[2] = {APPLICATION_EXIT, (uint32_t)status};
    call_host(SYS_EXIT_EXTENDED, block);
    for (;;) {
    }
}

#define SYST_CSR (*(volatile uint32_t *)0xe000e010)
#define SYST_RVR (*(volatile uint32_t *)0xe000e014)
#define SYST_CVR (*(volatile uint32_t *)0xe000e018)

// QEMU's `-icount shift=6` lets each instruction take 64 ns, and SysTick counts at 25 MHz, 40 ns a tick.
enum { INSTRUCTION = 64, TICK = 40, RANGE = 0x00ffffff, HAS_WRAPPED = 1 << 16 };

void start_counter(void) {
    SYST_RVR = RANGE;
    SYST_CSR = 5;
}

uint32_t read_counter(void) {
    SYST_CVR = 0;
    return SYST_CVR;
}

uint32_t count_since(uint32_t start) {
    uint32_t ticks = (start - SYST_CVR) & RANGE;
    if (SYST_CSR & HAS_WRAPPED) {
        return UINT32_MAX;
    }
    return (ticks * TICK + INSTRUCTION / 2) / INSTRUCTION;
}
