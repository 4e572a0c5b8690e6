// 2-8-1: tanh, a linear output, and the squared error.

#include <math.h>

#include "networks.h"

static float run(const struct tiny *network, const float x[TINY_IN], float hidden[TINY_HIDDEN]) {
    float y = network->out_bias;
    for (int j = 0; j < TINY_HIDDEN; j++) {
        float sum = network->hidden_bias[j];
        for (int i = 0; i < TINY_IN; i++) {
            sum += network->hidden_weight[j][i] * x[i];
        }
        hidden[j] = tanhf(sum);
        y += network->out_weight[j] * hidden[j];
    }
    return y;
}

float tiny_forward(const struct tiny *network, const float x[TINY_IN]) {
    float hidden[TINY_HIDDEN];
    return run(network, x, hidden);
}

float tiny_step(struct tiny *network, const float x[TINY_IN], float target, float rate) {
    float hidden[TINY_HIDDEN];
    float error = run(network, x, hidden) - target;
    float out_change = rate * 2.0f * error;
    for (int j = 0; j < TINY_HIDDEN; j++) {
        float change = out_change * network->out_weight[j] * (1.0f - hidden[j] * hidden[j]);
        network->out_weight[j] -= out_change * hidden[j];
        network->hidden_bias[j] -= change;
        for (int i = 0; i < TINY_IN; i++) {
            network->hidden_weight[j][i] -= change * x[i];
        }
    }
    network->out_bias -= out_change;
    return error * error;
}
