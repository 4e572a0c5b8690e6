// From reset to main.

#include <stdint.h>

#include "board.h"

extern uint32_t data_start, data_end, data_values, bss_start, bss_end, stack_start;
int main(void);

void reset(void) {
#ifdef __ARM_FP
    *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20;
    __asm__ volatile("dsb\n isb");
#endif
    const uint32_t *value = &data_values;
    for (uint32_t *word = &data_start; word < &data_end; word++) {
        *word = *value++;
    }
    for (uint32_t *word = &bss_start; word < &bss_end; word++) {
        *word = 0;
    }
    end_run(main());
}

static void fault(void) {
    end_run(1);
}

// Up to HardFault and the faults that become one.
__attribute__((section(".vectors"), used)) static const void *const vectors[] = {
    &stack_start, reset, fault, fault, fault, fault, fault,
};
