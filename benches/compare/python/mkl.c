// Training and inference of a chain of dense layers as one writes it by hand on oneMKL: its products, its
// vector functions, and loops for the rest. Weights are [in][out], rows are samples.

#define MKL_DIRECT_CALL_SEQ // Small products are not worth the checks of their arguments.
#include <math.h>
#include <mkl.h>
#include <string.h>

enum { MOST_LAYERS = 4 };
enum head { CLASSES, VALUES, SIGMOID };

typedef struct {
    int inputs, outputs;
    float *weight, *bias, *output, *delta;
    // Adam's alone.
    float *gradient, *mean, *square;
} Layer;

typedef struct {
    int layers, tanh, head, samples, adam;
    float rate;
    long steps;
    Layer layer[MOST_LAYERS];
} Network;

static float *allocate(long count) {
    float *memory = mkl_malloc(count * sizeof(float), 64);
    memset(memory, 0, count * sizeof(float));
    return memory;
}

void describe(char *text, int length) {
    mkl_get_version_string(text, length);
}

Network *create(int layers, const int *widths, int tanh, int head, int samples, int adam, float rate,
                const float *weights) {
    Network *network = mkl_malloc(sizeof(Network), 64);
    *network = (Network){layers, tanh, head, samples, adam, rate, 0, {{0}}};
    for (int at = 0; at < layers; at++) {
        Layer *layer = &network->layer[at];
        layer->inputs = widths[at];
        layer->outputs = widths[at + 1];
        // The bias stands behind the weight, so that one loop updates both.
        long weight = (long)layer->inputs * layer->outputs, count = weight + layer->outputs;
        layer->weight = allocate(count);
        layer->bias = layer->weight + weight;
        memcpy(layer->weight, weights, weight * sizeof(float));
        weights += weight;
        layer->output = allocate((long)samples * layer->outputs);
        layer->delta = allocate((long)samples * layer->outputs);
        if (adam) {
            layer->gradient = allocate(count);
            layer->mean = allocate(count);
            layer->square = allocate(count);
        }
    }
    return network;
}

static void activate(const Network *network, int at, float *y, int count) {
    if (at + 1 < network->layers) {
        if (network->tanh) {
            vsTanh(count, y, y);
        } else {
            for (int n = 0; n < count; n++) y[n] = y[n] > 0 ? y[n] : 0;
        }
    } else if (network->head == SIGMOID) {
        for (int n = 0; n < count; n++) y[n] = -y[n];
        vsExp(count, y, y);
        for (int n = 0; n < count; n++) y[n] = 1 / (1 + y[n]);
    }
}

static const float *forward(Network *network, const float *x) {
    int samples = network->samples;
    for (int at = 0; at < network->layers; at++) {
        Layer *layer = &network->layer[at];
        int inputs = layer->inputs, outputs = layer->outputs;
        for (int row = 0; row < samples; row++) {
            memcpy(layer->output + (long)row * outputs, layer->bias, outputs * sizeof(float));
        }
        if (samples == 1) {
            cblas_sgemv(CblasRowMajor, CblasTrans, inputs, outputs, 1, layer->weight, outputs, x, 1, 1,
                        layer->output, 1);
        } else {
            cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, samples, outputs, inputs, 1, x, inputs,
                        layer->weight, outputs, 1, layer->output, outputs);
        }
        activate(network, at, layer->output, samples * outputs);
        x = layer->output;
    }
    return x;
}

// Softmax, cross-entropy and their gradient.
static float judge_classes(Layer *layer, const int *targets, int samples) {
    int classes = layer->outputs;
    float *delta = layer->delta, loss = 0;
    for (int row = 0; row < samples; row++) {
        const float *y = layer->output + row * classes;
        float most = y[0];
        for (int n = 1; n < classes; n++) most = y[n] > most ? y[n] : most;
        for (int n = 0; n < classes; n++) delta[row * classes + n] = y[n] - most;
        loss -= delta[row * classes + targets[row]];
    }
    vsExp(samples * classes, delta, delta);
    for (int row = 0; row < samples; row++, delta += classes) {
        float sum = 0;
        for (int n = 0; n < classes; n++) sum += delta[n];
        loss += logf(sum);
        float scale = 1 / (sum * samples);
        for (int n = 0; n < classes; n++) delta[n] *= scale;
        delta[targets[row]] -= 1.0f / samples;
    }
    return loss / samples;
}

// The mean squared error and its gradient, through the sigmoid where there is one.
static float judge_values(const Network *network, Layer *layer, const float *targets) {
    int count = network->samples * layer->outputs;
    float loss = 0;
    for (int n = 0; n < count; n++) {
        float y = layer->output[n], error = y - targets[n];
        loss += error * error;
        layer->delta[n] = 2 * error / count * (network->head == SIGMOID ? y * (1 - y) : 1);
    }
    return loss / count;
}

// dJ/d input of `next`, through the activation of `layer`, whose output that is.
static void propagate(const Network *network, Layer *layer, const Layer *next) {
    int samples = network->samples, inputs = next->inputs, outputs = next->outputs;
    if (samples == 1) {
        cblas_sgemv(CblasRowMajor, CblasNoTrans, inputs, outputs, 1, next->weight, outputs, next->delta, 1, 0,
                    layer->delta, 1);
    } else {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, samples, inputs, outputs, 1, next->delta, outputs,
                    next->weight, outputs, 0, layer->delta, inputs);
    }
    const float *y = layer->output;
    float *delta = layer->delta;
    for (int n = 0; n < samples * inputs; n++) {
        delta[n] *= network->tanh ? 1 - y[n] * y[n] : y[n] > 0;
    }
}

// The product of samples and deltas is added to the weight itself: there is no gradient in memory.
static void descend(const Network *network, Layer *layer, const float *x) {
    int samples = network->samples, inputs = layer->inputs, outputs = layer->outputs;
    float rate = network->rate;
    if (samples == 1) {
        cblas_sger(CblasRowMajor, inputs, outputs, -rate, x, 1, layer->delta, 1, layer->weight, outputs);
    } else {
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, inputs, outputs, samples, -rate, x, inputs,
                    layer->delta, outputs, 1, layer->weight, outputs);
    }
    for (int row = 0; row < samples; row++) {
        for (int n = 0; n < outputs; n++) layer->bias[n] -= rate * layer->delta[row * outputs + n];
    }
}

static void step_adam(const Network *network, Layer *layer, const float *x) {
    int samples = network->samples, inputs = layer->inputs, outputs = layer->outputs;
    long weights = (long)inputs * outputs;
    float *restrict w = layer->weight, *restrict g = layer->gradient;
    float *restrict mean = layer->mean, *restrict square = layer->square;
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, inputs, outputs, samples, 1, x, inputs, layer->delta,
                outputs, 0, g, outputs);
    memset(g + weights, 0, outputs * sizeof(float));
    for (int row = 0; row < samples; row++) {
        for (int n = 0; n < outputs; n++) g[weights + n] += layer->delta[row * outputs + n];
    }
    float rate = network->rate / (1 - powf(0.9f, network->steps));
    float root = 1 / sqrtf(1 - powf(0.999f, network->steps));
    for (long n = 0; n < weights + outputs; n++) {
        mean[n] = 0.9f * mean[n] + 0.1f * g[n];
        square[n] = 0.999f * square[n] + 0.001f * g[n] * g[n];
        w[n] -= rate * mean[n] / (sqrtf(square[n]) * root + 1e-8f);
    }
}

// The sum of the losses of so many steps.
double train(Network *network, long calls, const float *inputs, const void *targets) {
    Layer *last = &network->layer[network->layers - 1];
    double sum = 0;
    for (long call = 0; call < calls; call++) {
        forward(network, inputs);
        sum += network->head == CLASSES ? judge_classes(last, targets, network->samples)
                                        : judge_values(network, last, targets);
        network->steps++;
        for (int at = network->layers - 1; at >= 0; at--) {
            Layer *layer = &network->layer[at];
            // Before the weight changes.
            if (at > 0) propagate(network, layer - 1, layer);
            const float *x = at > 0 ? (layer - 1)->output : inputs;
            if (network->adam) {
                step_adam(network, layer, x);
            } else {
                descend(network, layer, x);
            }
        }
    }
    return sum;
}

// The sum of the first outputs of so many calls, which meet `different` inputs in turn.
double infer(Network *network, long calls, float *inputs, int different, int dependent) {
    long width = (long)network->samples * network->layer[0].inputs;
    float last = 0;
    double sum = 0;
    for (long call = 0; call < calls; call++) {
        float *x = inputs + call % different * width;
        if (dependent) x[0] += 1e-30f * last;
        last = forward(network, x)[0];
        sum += last;
    }
    return sum;
}
