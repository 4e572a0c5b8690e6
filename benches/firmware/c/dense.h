// Dense layers, as one writes them down.

#ifndef DENSE_H
#define DENSE_H

static void dense(int inputs, int outputs, const float *restrict weight, const float *restrict bias,
                  const float *restrict x, float *restrict y) {
    for (int j = 0; j < outputs; j++) {
        float sum = bias[j];
        for (int i = 0; i < inputs; i++) {
            sum += weight[j * inputs + i] * x[i];
        }
        y[j] = sum;
    }
}

// change: the rate times the derivative by each output.
static void update(int inputs, int outputs, float *restrict weight, float *restrict bias,
                   const float *restrict x, const float *restrict change) {
    for (int j = 0; j < outputs; j++) {
        for (int i = 0; i < inputs; i++) {
            weight[j * inputs + i] -= change[j] * x[i];
        }
        bias[j] -= change[j];
    }
}

#endif
