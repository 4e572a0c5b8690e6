// 64-32-10: relu, and the cross-entropy of the softmax.

#include <math.h>

#ifdef BLOCKED
#include "dense_blocked.h"
#else
#include "dense.h"
#endif
#include "networks.h"

static void run(const struct sensor *network, const float *x, float *hidden, float *logits) {
    dense(SENSOR_IN, SENSOR_HIDDEN, &network->hidden_weight[0][0], network->hidden_bias, x, hidden);
    for (int j = 0; j < SENSOR_HIDDEN; j++) {
        hidden[j] = hidden[j] > 0.0f ? hidden[j] : 0.0f;
    }
    dense(SENSOR_HIDDEN, SENSOR_OUT, &network->out_weight[0][0], network->out_bias, hidden, logits);
}

void sensor_forward(const struct sensor *network, const float x[SENSOR_IN], float logits[SENSOR_OUT]) {
    float hidden[SENSOR_HIDDEN];
    run(network, x, hidden, logits);
}

float sensor_step(struct sensor *network, const float x[SENSOR_IN], unsigned target, float rate) {
    float hidden[SENSOR_HIDDEN], logits[SENSOR_OUT];
    run(network, x, hidden, logits);

    float largest = logits[0];
    for (int j = 1; j < SENSOR_OUT; j++) {
        largest = logits[j] > largest ? logits[j] : largest;
    }
    float out_change[SENSOR_OUT], sum = 0.0f;
    for (int j = 0; j < SENSOR_OUT; j++) {
        out_change[j] = expf(logits[j] - largest);
        sum += out_change[j];
    }
    float loss = logf(sum) - (logits[target] - largest);
    float scale = rate / sum;
    for (int j = 0; j < SENSOR_OUT; j++) {
        out_change[j] *= scale;
    }
    out_change[target] -= rate;

    float hidden_change[SENSOR_HIDDEN] = {0};
    for (int j = 0; j < SENSOR_OUT; j++) {
        for (int i = 0; i < SENSOR_HIDDEN; i++) {
            hidden_change[i] += network->out_weight[j][i] * out_change[j];
        }
    }
    for (int i = 0; i < SENSOR_HIDDEN; i++) {
        hidden_change[i] = hidden[i] > 0.0f ? hidden_change[i] : 0.0f;
    }
    update(SENSOR_HIDDEN, SENSOR_OUT, &network->out_weight[0][0], network->out_bias, hidden, out_change);
    update(SENSOR_IN, SENSOR_HIDDEN, &network->hidden_weight[0][0], network->hidden_bias, x, hidden_change);
    return loss;
}
