// Counts the instructions of the calls that matter, and prints the losses for the host to compare.

#include <string.h>

#include "board.h"
#include "networks.h"
// Made by `cargo xtask firmware-c`: parameters, samples and rates of examples/firmware/workload.
#include "weights.h"

static uint32_t overhead;
static struct tiny tiny = TINY;
static struct sensor sensor = SENSOR;
static float tiny_x[TINY_IN] = TINY_X;
static float sensor_x[SENSOR_IN] = SENSOR_X;
static float logits[SENSOR_OUT];

static void write_loss(const char *name, float loss) {
    uint32_t bits;
    memcpy(&bits, &loss, sizeof bits);
    write_number(name, bits);
}

static void count_tiny(void) {
    volatile float y;
    uint32_t start = read_counter();
    y = tiny_forward(&tiny, tiny_x);
    write_number("tiny.forward", count_since(start) - overhead);
    write_loss("tiny.output", y);
    start = read_counter();
    float loss = tiny_step(&tiny, tiny_x, TINY_TARGET, TINY_RATE);
    write_number("tiny.step", count_since(start) - overhead);
    write_loss("tiny.loss", loss);
    // The gradient must be right too, and the update done.
    write_loss("tiny.next_loss", tiny_step(&tiny, tiny_x, TINY_TARGET, TINY_RATE));
}

static void count_sensor(void) {
    uint32_t start = read_counter();
    sensor_forward(&sensor, sensor_x, logits);
    write_number("sensor.forward", count_since(start) - overhead);
    write_loss("sensor.output", logits[0]);
    start = read_counter();
    float loss = sensor_step(&sensor, sensor_x, SENSOR_TARGET, SENSOR_RATE);
    write_number("sensor.step", count_since(start) - overhead);
    write_loss("sensor.loss", loss);
    write_loss("sensor.next_loss", sensor_step(&sensor, sensor_x, SENSOR_TARGET, SENSOR_RATE));
}

int main(void) {
    start_counter();
    uint32_t start = read_counter();
    overhead = count_since(start);
    count_tiny();
    count_sensor();
    return 0;
}
