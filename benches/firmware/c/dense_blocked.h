// Dense layers four at a time, so that an input is loaded once for four sums and a loop's end is reached a
// quarter as often.

#ifndef DENSE_BLOCKED_H
#define DENSE_BLOCKED_H

static void dense(int inputs, int outputs, const float *restrict weight, const float *restrict bias,
                  const float *restrict x, float *restrict y) {
    int j = 0;
    for (; j < outputs - outputs % 4; j += 4) {
        const float *w0 = weight + j * inputs, *w1 = w0 + inputs, *w2 = w1 + inputs, *w3 = w2 + inputs;
        float sum0 = bias[j], sum1 = bias[j + 1], sum2 = bias[j + 2], sum3 = bias[j + 3];
        for (int i = 0; i < inputs; i++) {
            float value = x[i];
            sum0 += *w0++ * value;
            sum1 += *w1++ * value;
            sum2 += *w2++ * value;
            sum3 += *w3++ * value;
        }
        y[j] = sum0;
        y[j + 1] = sum1;
        y[j + 2] = sum2;
        y[j + 3] = sum3;
    }
    for (; j < outputs; j++) {
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
        float *w = weight + j * inputs, factor = change[j];
        int i = 0;
        for (; i < inputs - inputs % 4; i += 4) {
            w[i] -= factor * x[i];
            w[i + 1] -= factor * x[i + 1];
            w[i + 2] -= factor * x[i + 2];
            w[i + 3] -= factor * x[i + 3];
        }
        for (; i < inputs; i++) {
            w[i] -= factor * x[i];
        }
        bias[j] -= factor;
    }
}

#endif
