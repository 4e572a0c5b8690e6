// The networks of examples/firmware/workload, with weights [out][in]: each output's stand side by side, as a
// dot product reads them.

#ifndef NETWORKS_H
#define NETWORKS_H

enum { TINY_IN = 2, TINY_HIDDEN = 8 };

struct tiny {
    float hidden_weight[TINY_HIDDEN][TINY_IN];
    float hidden_bias[TINY_HIDDEN];
    float out_weight[TINY_HIDDEN];
    float out_bias;
};

float tiny_forward(const struct tiny *network, const float x[TINY_IN]);

// Returns the loss from before the update.
float tiny_step(struct tiny *network, const float x[TINY_IN], float target, float rate);

enum { SENSOR_IN = 64, SENSOR_HIDDEN = 32, SENSOR_OUT = 10 };

struct sensor {
    float hidden_weight[SENSOR_HIDDEN][SENSOR_IN];
    float hidden_bias[SENSOR_HIDDEN];
    float out_weight[SENSOR_OUT][SENSOR_HIDDEN];
    float out_bias[SENSOR_OUT];
};

void sensor_forward(const struct sensor *network, const float x[SENSOR_IN], float logits[SENSOR_OUT]);

// Returns the loss from before the update.
float sensor_step(struct sensor *network, const float x[SENSOR_IN], unsigned target, float rate);

#endif
