//! Made by vectors.py from its entries: do not edit.

use super::declare::check_network;

pub const NETWORKS: &[&str] = &["identity", "relu", "leaky_relu", "leaky_relu_slope", "relu6", "elu", "elu_alpha", "selu", "celu", "celu_alpha", "gelu", "gelu_tanh", "silu", "mish", "sigmoid", "hard_sigmoid", "log_sigmoid", "tanh", "hard_tanh", "hard_tanh_range", "hard_swish", "softplus", "softplus_beta", "softsign", "scale", "tanh_shrink", "soft_shrink", "softmax", "log_softmax", "prelu", "prelu_by_element", "prelu_by_channel", "glu", "glu_axis", "mse", "mae", "huber", "huber_delta", "smooth_l1", "smooth_l1_beta", "log_cosh", "binary_cross_entropy", "binary_cross_entropy_with_logits", "binary_cross_entropy_pos_weight", "binary_cross_entropy_pos_weights", "cross_entropy", "cross_entropy_smoothing", "cross_entropy_probabilities", "cross_entropy_probabilities_smoothing", "cross_entropy_class_weights", "cross_entropy_class_weights_smoothing", "cross_entropy_class_weights_probabilities", "nll", "nll_class_weights", "hinge", "squared_hinge", "kl_divergence", "kl_divergence_log_target", "poisson_nll", "poisson_nll_full", "poisson_nll_rate", "poisson_nll_rate_eps", "cosine", "cosine_eps", "mse_sample_weight", "cross_entropy_sample_weight", "cross_entropy_both_weights", "kl_divergence_sample_weight", "sample_weight_of_one_output", "tanh_mse", "residual", "shared_and_frozen", "two_outputs", "no_bias", "views", "add", "multiply", "embedding", "embedding_shared", "subtract", "divide", "square", "concat", "concat_inner", "nested", "shared", "frozen_layer", "frozen_weight", "frozen_bias", "frozen_parts", "two_inputs", "probability_beside", "two_targets", "reused", "weighted_twice", "conv1d", "conv1d_arguments", "conv1d_causal", "conv1d_same", "conv2d", "conv2d_arguments", "conv2d_pointwise", "conv2d_gaps", "depthwise_conv1d", "depthwise_conv2d", "conv2d_shared", "conv2d_stacked", "conv2d_frozen_parts", "conv_transpose1d", "conv_transpose1d_arguments", "conv_transpose1d_same", "conv_transpose1d_gaps", "conv_transpose2d", "conv_transpose2d_arguments", "conv_transpose2d_pointwise", "conv_transpose2d_stacked", "max_pool1d", "max_pool1d_arguments", "max_pool2d", "max_pool2d_arguments", "avg_pool1d", "avg_pool1d_arguments", "avg_pool2d", "avg_pool2d_arguments", "avg_pool2d_inside", "global_max_pool1d", "global_max_pool2d", "global_avg_pool1d", "global_avg_pool2d", "layer_norm", "layer_norm_last_axis", "layer_norm_axes", "layer_norm_plain", "rms_norm", "rms_norm_axes", "rms_norm_plain", "group_norm", "group_norm_of_channels", "group_norm_plain", "batch_norm", "batch_norm1d", "batch_norm2d", "batch_norm_plain", "batch_norm_half_frozen", "batch_norm_frozen", "batch_norm_after_convolution", "transpose", "transpose_order", "upsample1d", "upsample2d", "pad1d", "pad2d", "slice", "slice_step", "sum", "sum_axes", "mean", "mean_axis", "max", "max_axis", "max_axes", "split", "split_sizes", "slices_of_one_value", "rnn", "rnn_last", "rnn_both_ways", "rnn_relu", "gru", "gru_last", "gru_both_ways", "gru_last_both_ways", "gru_truncated", "gru_reset_before", "gru_frozen", "lstm", "lstm_last", "lstm_both_ways", "lstm_truncated", "lstm_wide", "gru_wide", "rnn_wide", "recurrent_layers", "dense_of_rows", "attention", "attention_heads", "attention_causal", "attention_plain", "attention_frozen", "attention_wide", "positions", "attention_blocks"];

check_network! {
    identity: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> identity -> dense(2);
        loss mse(y);
    }
}

check_network! {
    relu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> relu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    leaky_relu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> leaky_relu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    leaky_relu_slope: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> leaky_relu(negative_slope = 0.2) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    relu6: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> relu6 -> dense(2);
        loss mse(y);
    }
}

check_network! {
    elu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> elu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    elu_alpha: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> elu(alpha = 1.5) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    selu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> selu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    celu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> celu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    celu_alpha: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> celu(alpha = 0.5) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gelu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> gelu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gelu_tanh: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> gelu(approximate = tanh) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    silu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> silu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    mish: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> mish -> dense(2);
        loss mse(y);
    }
}

check_network! {
    sigmoid: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> sigmoid -> dense(2);
        loss mse(y);
    }
}

check_network! {
    hard_sigmoid: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> hard_sigmoid -> dense(2);
        loss mse(y);
    }
}

check_network! {
    log_sigmoid: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> log_sigmoid -> dense(2);
        loss mse(y);
    }
}

check_network! {
    tanh: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> tanh -> dense(2);
        loss mse(y);
    }
}

check_network! {
    hard_tanh: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> hard_tanh -> dense(2);
        loss mse(y);
    }
}

check_network! {
    hard_tanh_range: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> hard_tanh(min_val = -0.5, max_val = 2) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    hard_swish: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> hard_swish -> dense(2);
        loss mse(y);
    }
}

check_network! {
    softplus: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> softplus -> dense(2);
        loss mse(y);
    }
}

check_network! {
    softplus_beta: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> softplus(beta = 2, threshold = 3) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    softsign: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> softsign -> dense(2);
        loss mse(y);
    }
}

check_network! {
    scale: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> scale(-2.0, offset = 0.5) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    tanh_shrink: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> tanh_shrink -> dense(2);
        loss mse(y);
    }
}

check_network! {
    soft_shrink: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> soft_shrink(lambd = 0.3) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    softmax: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> softmax -> dense(2);
        loss mse(y);
    }
}

check_network! {
    log_softmax: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> log_softmax -> dense(2);
        loss mse(y);
    }
}

check_network! {
    prelu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> prelu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    prelu_by_element: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> prelu(num_parameters = 3) as bend -> dense(2);
        loss mse(y);
    }
}

check_network! {
    prelu_by_channel: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(6) -> reshape([2, 3]) -> prelu(num_parameters = 2);
        loss mse(y);
    }
}

check_network! {
    glu: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(4) -> glu -> dense(2);
        loss mse(y);
    }
}

check_network! {
    glu_axis: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(8) -> reshape([4, 2]) -> glu(axis = 0);
        loss mse(y);
    }
}

check_network! {
    mse: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss mse(y);
    }
}

check_network! {
    mae: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss mae(y);
    }
}

check_network! {
    huber: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss huber(y);
    }
}

check_network! {
    huber_delta: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss huber(y, delta = 0.5);
    }
}

check_network! {
    smooth_l1: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss smooth_l1(y);
    }
}

check_network! {
    smooth_l1_beta: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss smooth_l1(y, beta = 0.5);
    }
}

check_network! {
    log_cosh: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss log_cosh(y);
    }
}

check_network! {
    binary_cross_entropy: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> sigmoid;
        loss binary_cross_entropy(y);
    }
}

check_network! {
    binary_cross_entropy_with_logits: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss binary_cross_entropy_with_logits(y);
    }
}

check_network! {
    binary_cross_entropy_pos_weight: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss binary_cross_entropy_with_logits(y, pos_weight = 2.5);
    }
}

check_network! {
    binary_cross_entropy_pos_weights: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss binary_cross_entropy_with_logits(y, pos_weight = [0.5, 1.0, 4.0]);
    }
}

check_network! {
    cross_entropy: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y);
    }
}

check_network! {
    cross_entropy_smoothing: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, smoothing = 0.1);
    }
}

check_network! {
    cross_entropy_probabilities: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, target = probabilities);
    }
}

check_network! {
    cross_entropy_probabilities_smoothing: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, target = probabilities, smoothing = 0.2);
    }
}

check_network! {
    cross_entropy_class_weights: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, class_weights = [0.5, 2, 1.25]);
    }
}

check_network! {
    cross_entropy_class_weights_smoothing: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, class_weights = [0.5, 2, 1.25], smoothing = 0.2);
    }
}

check_network! {
    cross_entropy_class_weights_probabilities: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, target = probabilities, class_weights = [0.5, 2, 1.25], smoothing = 0.1);
    }
}

check_network! {
    nll: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> log_softmax;
        loss nll(y);
    }
}

check_network! {
    nll_class_weights: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> log_softmax;
        loss nll(y, class_weights = [0.5, 2, 1.25]);
    }
}

check_network! {
    hinge: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss hinge(y);
    }
}

check_network! {
    squared_hinge: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss squared_hinge(y);
    }
}

check_network! {
    kl_divergence: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> log_softmax;
        loss kl_divergence(y);
    }
}

check_network! {
    kl_divergence_log_target: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> log_softmax;
        loss kl_divergence(y, log_target = true);
    }
}

check_network! {
    poisson_nll: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss poisson_nll(y);
    }
}

check_network! {
    poisson_nll_full: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss poisson_nll(y, full = true);
    }
}

check_network! {
    poisson_nll_rate: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> softplus;
        loss poisson_nll(y, log_input = false);
    }
}

check_network! {
    poisson_nll_rate_eps: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> softplus;
        loss poisson_nll(y, log_input = false, eps = 0.01, full = true);
    }
}

check_network! {
    cosine: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cosine(y);
    }
}

check_network! {
    cosine_eps: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cosine(y, eps = 1);
    }
}

check_network! {
    mse_sample_weight: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss mse(y, sample_weight = true);
    }
}

check_network! {
    cross_entropy_sample_weight: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, sample_weight = true);
    }
}

check_network! {
    cross_entropy_both_weights: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3);
        loss cross_entropy(y, class_weights = [0.5, 2, 1.25], smoothing = 0.1, sample_weight = true);
    }
}

check_network! {
    kl_divergence_sample_weight: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(3) -> log_softmax;
        loss kl_divergence(y, sample_weight = true);
    }
}

check_network! {
    sample_weight_of_one_output: training;
    structs: ModelOutput { word, level } ModelTarget { word, level };
    frozen: ;
    {
        input x: [2];
        let a = x -> dense(3) -> tanh;
        output word = a -> dense(3);
        output level = a -> dense(1);
        loss cross_entropy(word, sample_weight = true) + 0.5 * huber(level);
    }
}

check_network! {
    tanh_mse: every_optimiser;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> tanh -> dense(2) as head;
        loss mse(y);
    }
}

check_network! {
    residual: every_optimiser;
    structs: ;
    frozen: ;
    {
        input x: [2];
        let a = x -> dense(3) -> relu;
        output y = (a + (a -> dense(3) -> tanh)) -> dense(3) as head;
        loss cross_entropy(y);
    }
}

check_network! {
    shared_and_frozen: every_optimiser;
    structs: ;
    frozen: trunk.weight trunk.bias;
    {
        input x: [2];
        output y = x -> dense(3, trainable = false) as trunk -> tanh -> dense(3) as mix -> tanh -> mix -> sigmoid -> dense(2) as head;
        loss mse(y);
    }
}

check_network! {
    two_outputs: every_optimiser;
    structs: ModelOutput { word, level } ModelTarget { word, level };
    frozen: ;
    {
        input x: [2];
        let a = x -> dense(3) -> tanh;
        output word = a -> dense(3) as head;
        output level = a -> dense(1);
        loss cross_entropy(word) + 0.25 * mse(level);
    }
}

check_network! {
    no_bias: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(3, bias = false) -> relu -> dense(2, bias = false);
        loss mse(y);
    }
}

check_network! {
    views: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 2];
        output y = x -> flatten -> dense(4) -> reshape([2, 2]) -> tanh -> reshape(4) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    add: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        let a = x -> dense(3) -> tanh;
        output y = a + x + (a -> dense(3));
        loss mse(y);
    }
}

check_network! {
    multiply: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        let a = x -> dense(3);
        output y = (a * x * (a -> sigmoid)) -> tanh;
        loss mse(y);
    }
}

check_network! {
    embedding: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> embedding(2, vocabulary = 5) -> tanh -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    embedding_shared: training;
    structs: ModelInput { x, z };
    frozen: ;
    {
        input x: [2];
        input z: [2, 1];
        let a = x -> embedding(3, vocabulary = 4, init = zeros) as words;
        let b = z -> words -> reshape([2, 3]);
        output y = (a * b) -> tanh -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    subtract: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        let a = x -> dense(3);
        output y = (a - x - (a -> tanh) + (x - a * a)) -> tanh;
        loss mse(y);
    }
}

check_network! {
    divide: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        let a = x -> dense(3);
        let b = x -> dense(3) -> softplus;
        output y = a / b / (a -> sigmoid) - x / b;
        loss mse(y);
    }
}

check_network! {
    square: outputs;
    structs: ;
    frozen: ;
    {
        input x: [3];
        let a = x -> dense(3);
        output y = a * a + (a + a);
    }
}

check_network! {
    concat: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = concat(x, x -> dense(2) -> tanh, x) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    concat_inner: outputs;
    structs: ;
    frozen: ;
    {
        input x: [2, 2];
        let a = x -> flatten -> dense(4) -> reshape([2, 2]) -> tanh;
        output y = concat(x, a, x -> sigmoid, axis = 1) -> flatten -> dense(2);
    }
}

check_network! {
    nested: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        let a = x -> dense(2) -> tanh;
        let b = x -> dense(2) -> sigmoid;
        output y = concat(a + b * a, (a + b) * (a -> dense(2)), b) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    shared: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(3) as mix -> tanh -> mix -> sigmoid -> mix;
        loss mse(y);
    }
}

check_network! {
    frozen_layer: training;
    structs: ;
    frozen: dense2.weight dense2.bias;
    {
        input x: [3];
        output y = x -> dense(3) -> tanh -> dense(2, trainable = false);
        loss mse(y);
    }
}

check_network! {
    frozen_weight: training;
    structs: ;
    frozen: dense1.weight;
    {
        input x: [3];
        output y = x -> dense(3, trainable = bias) -> tanh -> dense(2);
        loss mse(y);
    }
}

check_network! {
    frozen_bias: training;
    structs: ;
    frozen: dense1.bias;
    {
        input x: [3];
        output y = x -> dense(3, trainable = weight) -> tanh -> dense(2);
        loss mse(y);
    }
}

check_network! {
    frozen_parts: outputs;
    structs: ;
    frozen: dense1.weight dense2.weight dense2.bias dense3.bias;
    {
        input x: [3];
        output y = x -> dense(3, trainable = bias) -> tanh -> dense(3, trainable = false) -> tanh -> dense(2, trainable = weight);
    }
}

check_network! {
    two_inputs: training;
    structs: ModelInput { left, right };
    frozen: ;
    {
        input left: [2];
        input right: [1, 2];
        output y = concat(left -> dense(3), right -> flatten) -> tanh -> dense(2);
        loss mse(y);
    }
}

check_network! {
    probability_beside: training;
    structs: ModelOutput { y, p };
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> tanh -> dense(3);
        output p = y -> softmax;
        loss cross_entropy(y);
    }
}

check_network! {
    two_targets: training;
    structs: ModelTarget { y_class, y_values };
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(3) -> tanh -> dense(3);
        loss cross_entropy(y) + 0.5 * mse(y);
    }
}

check_network! {
    reused: outputs;
    structs: ModelOutput { a, y };
    frozen: ;
    {
        input x: [2];
        let a = x -> dense(2) -> tanh;
        output a;
        output y = (a -> dense(2)) + a;
    }
}

check_network! {
    weighted_twice: training;
    structs: ;
    frozen: ;
    {
        input x: [2];
        output y = x -> dense(2) -> tanh -> dense(2);
        loss 2 * mse(y) + 0.5 * mse(y);
    }
}

check_network! {
    conv1d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 5];
        output y = x -> tanh -> conv1d(3, kernel = 3) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv1d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 11];
        output y = x -> tanh -> conv1d(6, kernel = 3, stride = 2, padding = 2, dilation = 2, groups = 2, bias = false) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv1d_causal: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 6];
        output y = x -> tanh -> conv1d(2, kernel = 3, padding = causal, dilation = 2) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv1d_same: training;
    structs: ;
    frozen: ;
    {
        input x: [1, 7];
        output y = x -> tanh -> conv1d(2, kernel = 4, padding = same, dilation = 2) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv2d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 4, 5];
        output y = x -> tanh -> conv2d(3, kernel = [2, 3]) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv2d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 7, 8];
        output y = x -> tanh -> conv2d(2, kernel = [3, 2], stride = [2, 3], padding = [2, 1], dilation = [1, 3], groups = 2) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv2d_pointwise: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 2, 3];
        output y = x -> tanh -> conv2d(2, kernel = 1) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv2d_gaps: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 5, 5];
        output y = x -> tanh -> conv2d(2, kernel = 1, stride = 3, padding = 1) -> flatten;
        loss mse(y);
    }
}

check_network! {
    depthwise_conv1d: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 5];
        output y = x -> tanh -> depthwise_conv1d(kernel = 3, padding = 1, multiplier = 2) -> flatten;
        loss mse(y);
    }
}

check_network! {
    depthwise_conv2d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 4, 3];
        output y = x -> tanh -> depthwise_conv2d(kernel = [3, 2], stride = [2, 1], padding = [1, 0]) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv2d_shared: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3, 3];
        output y = x -> conv2d(2, kernel = 3, padding = same) as mix -> tanh -> mix -> tanh -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    conv2d_stacked: every_optimiser;
    structs: ;
    frozen: ;
    {
        input x: [2, 6, 6];
        output y = x -> conv2d(3, kernel = 3, padding = 1, stride = 2) -> tanh -> conv2d(4, kernel = 2) -> tanh -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    conv2d_frozen_parts: training;
    structs: ;
    frozen: conv2d1.weight conv2d2.weight conv2d2.bias conv2d3.bias;
    {
        input x: [2, 4, 4];
        output y = x -> conv2d(2, kernel = 2, trainable = bias) -> tanh -> conv2d(2, kernel = 2, trainable = false) -> tanh -> conv2d(2, kernel = 1, trainable = weight) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose1d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 4];
        output y = x -> tanh -> conv_transpose1d(3, kernel = 3) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose1d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 5];
        output y = x -> tanh -> conv_transpose1d(6, kernel = 3, stride = 2, padding = 2, output_padding = 1, dilation = 2, groups = 2, bias = false) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose1d_same: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3];
        output y = x -> tanh -> conv_transpose1d(2, kernel = 4, stride = 2, padding = same) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose1d_gaps: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3];
        output y = x -> tanh -> conv_transpose1d(3, kernel = 1, stride = 3, padding = same) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose2d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3, 4];
        output y = x -> tanh -> conv_transpose2d(3, kernel = [2, 3]) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose2d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 3, 2];
        output y = x -> tanh -> conv_transpose2d(2, kernel = [3, 2], stride = [2, 1], padding = [1, 2], output_padding = [1, 2], dilation = [1, 3], groups = 2) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose2d_pointwise: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 2, 3];
        output y = x -> tanh -> conv_transpose2d(2, kernel = 1) -> flatten;
        loss mse(y);
    }
}

check_network! {
    conv_transpose2d_stacked: every_optimiser;
    structs: ;
    frozen: conv_transpose2d1.weight;
    {
        input x: [1, 4, 4];
        output y = x -> conv2d(3, kernel = 2, stride = 2) -> tanh -> conv_transpose2d(2, kernel = 2, stride = 2, trainable = bias) -> tanh -> conv_transpose2d(1, kernel = 3, padding = 1) -> flatten;
        loss mse(y);
    }
}

check_network! {
    max_pool1d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 6];
        output y = x -> conv1d(2, kernel = 1) -> tanh -> max_pool1d(kernel = 2) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    max_pool1d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 7];
        output y = x -> conv1d(2, kernel = 1) -> tanh -> max_pool1d(kernel = 3, stride = 2, padding = 1) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    max_pool2d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 4, 4];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> max_pool2d(kernel = 2) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    max_pool2d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [1, 6, 5];
        output y = x -> conv2d(1, kernel = 1) -> tanh -> max_pool2d(kernel = [2, 3], stride = [2, 1], padding = [1, 0], dilation = [3, 2]) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    avg_pool1d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 6];
        output y = x -> conv1d(2, kernel = 1) -> tanh -> avg_pool1d(kernel = 3) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    avg_pool1d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 7];
        output y = x -> conv1d(2, kernel = 1) -> tanh -> avg_pool1d(kernel = 3, stride = 2, padding = 1, count_include_pad = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    avg_pool2d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 5, 4];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> avg_pool2d(kernel = 2) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    avg_pool2d_arguments: training;
    structs: ;
    frozen: ;
    {
        input x: [1, 5, 4];
        output y = x -> conv2d(1, kernel = 1) -> tanh -> avg_pool2d(kernel = [3, 2], stride = [2, 1], padding = [1, 1]) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    avg_pool2d_inside: training;
    structs: ;
    frozen: ;
    {
        input x: [1, 5, 4];
        output y = x -> conv2d(1, kernel = 1) -> tanh -> avg_pool2d(kernel = [3, 2], stride = [2, 1], padding = [1, 1], count_include_pad = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    global_max_pool1d: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 4];
        output y = x -> conv1d(3, kernel = 1) -> tanh -> global_max_pool1d -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    global_max_pool2d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 2, 3];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> global_max_pool2d -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    global_avg_pool1d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 11];
        output y = x -> conv1d(2, kernel = 1) -> tanh -> global_avg_pool1d -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    global_avg_pool2d: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3, 4];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> global_avg_pool2d -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    layer_norm: training;
    structs: ;
    frozen: ;
    {
        input x: [5];
        output y = x -> dense(5) -> tanh -> layer_norm -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    layer_norm_last_axis: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 9];
        output y = x -> conv1d(2, kernel = 1) -> tanh -> layer_norm(bias = false, eps = 0.01) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    layer_norm_axes: training;
    structs: ;
    frozen: layer_norm1.weight;
    {
        input x: [2, 3, 4];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> layer_norm(2, trainable = bias) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    layer_norm_plain: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3, 3];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> layer_norm(3, affine = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    rms_norm: training;
    structs: ;
    frozen: ;
    {
        input x: [5];
        output y = x -> dense(5) -> tanh -> rms_norm -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    rms_norm_axes: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3, 3];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> rms_norm(2, eps = 0.1) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    rms_norm_plain: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 5];
        output y = x -> conv1d(2, kernel = 1) -> tanh -> rms_norm(affine = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    group_norm: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 3, 2];
        output y = x -> conv2d(4, kernel = 1) -> tanh -> group_norm(2) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    group_norm_of_channels: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 5];
        output y = x -> conv1d(3, kernel = 1) -> tanh -> group_norm(3, bias = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    group_norm_plain: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 3];
        output y = x -> conv1d(4, kernel = 1) -> tanh -> group_norm(1, affine = false, eps = 0.01) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    batch_norm: tiles;
    structs: ;
    frozen: ;
    {
        tile = 4;
        input x: [5];
        output y = x -> dense(5) -> tanh -> batch_norm -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    batch_norm1d: tiles;
    structs: ;
    frozen: ;
    {
        tile = 4;
        input x: [3, 4];
        output y = x -> conv1d(3, kernel = 1) -> tanh -> batch_norm(momentum = 0.3, eps = 0.01) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    batch_norm2d: tiles;
    structs: ;
    frozen: ;
    {
        tile = 4;
        input x: [3, 2, 9];
        output y = x -> conv2d(3, kernel = 1) -> tanh -> batch_norm(bias = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    batch_norm_plain: tiles;
    structs: ;
    frozen: ;
    {
        tile = 4;
        input x: [2, 3, 3];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> batch_norm(affine = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    batch_norm_half_frozen: tiles;
    structs: ;
    frozen: batch_norm1.bias;
    {
        tile = 4;
        input x: [2, 3, 3];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> batch_norm(trainable = weight) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    batch_norm_frozen: training;
    structs: ;
    frozen: batch_norm1.weight batch_norm1.bias batch_norm1.running_mean batch_norm1.running_var;
    {
        input x: [2, 3, 3];
        output y = x -> conv2d(2, kernel = 1) -> tanh -> batch_norm(trainable = false) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    batch_norm_after_convolution: tiles;
    structs: ;
    frozen: ;
    {
        tile = 4;
        input x: [2, 3, 4];
        output y = x -> conv2d(3, kernel = 2, bias = false) -> batch_norm -> tanh -> flatten -> dense(3, bias = false) -> batch_norm -> dense(2);
        loss mse(y);
    }
}

check_network! {
    transpose: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(6) -> tanh -> reshape([2, 3]) -> transpose -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    transpose_order: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(24) -> tanh -> reshape([2, 3, 4]) -> transpose([2, 0, 1]) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    upsample1d: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(6) -> tanh -> reshape([2, 3]) -> upsample(2) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    upsample2d: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(12) -> tanh -> reshape([2, 2, 3]) -> upsample([3, 2]) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    pad1d: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(6) -> tanh -> reshape([2, 3]) -> pad(before = 2, after = 1) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    pad2d: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(8) -> tanh -> reshape([2, 2, 2]) -> pad([1, 2]) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    slice: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(10) -> tanh -> reshape([5, 2]) -> slice(start = 1, end = 4) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    slice_step: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(10) -> tanh -> reshape([2, 5]) -> slice(start = 1, step = 2, axis = 1) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    sum: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(6) -> tanh -> reshape([2, 3]) -> sum -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    sum_axes: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(24) -> tanh -> reshape([2, 3, 4]) -> sum([0, 2]) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    mean: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(6) -> tanh -> reshape([2, 3]) -> mean -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    mean_axis: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(12) -> tanh -> reshape([2, 3, 2]) -> mean(1) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    max: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(6) -> tanh -> reshape([2, 3]) -> max -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    max_axis: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(12) -> tanh -> reshape([2, 3, 2]) -> max(1) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    max_axes: training;
    structs: ;
    frozen: ;
    {
        input x: [3];
        output y = x -> dense(24) -> tanh -> reshape([2, 3, 4]) -> max([0, 2]) -> tanh -> flatten;
        loss mse(y);
    }
}

check_network! {
    split: training;
    structs: ;
    frozen: ;
    {
        input x: [4];
        let (a, b, c) = x -> dense(6) -> tanh -> reshape([3, 2]) -> split;
        output y = (a * c - b) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    split_sizes: training;
    structs: ;
    frozen: ;
    {
        input x: [4];
        let (few, many) = x -> dense(5) -> tanh -> split([2, 3]);
        output y = (few -> dense(3)) * many;
        loss mse(y);
    }
}

check_network! {
    slices_of_one_value: training;
    structs: ;
    frozen: ;
    {
        input x: [4];
        let a = x -> dense(6) -> tanh -> reshape([2, 3]);
        let b = a -> slice(start = 1, axis = 1);
        let c = a -> slice(end = 2, axis = 1);
        output y = (b * c) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    rnn: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> dense(3, axis = last) -> tanh -> rnn(5) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    rnn_last: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> dense(3, axis = last) -> tanh -> rnn(4, output = last, bias = false) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    rnn_both_ways: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> dense(3, axis = last) -> tanh -> rnn(3, bidirectional = true) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    rnn_relu: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> rnn(3, activation = relu) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gru: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> dense(3, axis = last) -> tanh -> gru(5) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gru_last: training;
    structs: ;
    frozen: ;
    {
        input x: [5, 2];
        output y = x -> dense(2, axis = last) -> tanh -> gru(3, output = last) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gru_both_ways: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> dense(3, axis = last) -> tanh -> gru(3, bidirectional = true, bias = false) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gru_last_both_ways: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> dense(3, axis = last) -> tanh -> gru(2, output = last, bidirectional = true) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gru_truncated: truncated;
    structs: ;
    frozen: ;
    {
        input x: [5, 2];
        output y = x -> dense(2, axis = last) -> tanh -> gru(3, truncation = 2) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gru_reset_before: training;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> gru(3, reset = before) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    gru_frozen: training;
    structs: ;
    frozen: gru1.weight_ih gru1.weight_hh gru1.bias_ih gru1.bias_hh;
    {
        input x: [4, 2];
        output y = x -> dense(3, axis = last) -> tanh -> gru(3, trainable = false) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    lstm: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(2, axis = last) -> tanh -> lstm(2) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    lstm_last: training;
    structs: ;
    frozen: ;
    {
        input x: [5, 2];
        output y = x -> dense(2, axis = last) -> tanh -> lstm(2, output = last, bias = false) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    lstm_both_ways: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(2, axis = last) -> tanh -> lstm(1, bidirectional = true) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    lstm_truncated: truncated;
    structs: ;
    frozen: ;
    {
        input x: [7, 2];
        output y = x -> dense(2, axis = last) -> tanh -> lstm(2, truncation = 3, output = last) -> dense(2);
        loss mse(y);
    }
}

check_network! {
    lstm_wide: outputs;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(9, axis = last) -> tanh -> lstm(17, bidirectional = true) -> flatten -> dense(2);
    }
}

check_network! {
    gru_wide: outputs;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(5, axis = last) -> tanh -> gru(16, bidirectional = true) -> flatten -> dense(2);
    }
}

check_network! {
    rnn_wide: outputs;
    structs: ;
    frozen: ;
    {
        input x: [4, 2];
        output y = x -> dense(6, axis = last) -> tanh -> rnn(33, bidirectional = true) -> flatten -> dense(2);
    }
}

check_network! {
    recurrent_layers: outputs;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> gru(1, bidirectional = true) -> rnn(2) -> lstm(1, output = last) -> dense(2);
    }
}

check_network! {
    dense_of_rows: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 3, 4];
        output y = x -> dense(5, axis = last) -> tanh -> dense(2, axis = last, bias = false) -> flatten;
        loss mse(y);
    }
}

check_network! {
    attention: outputs;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(3, axis = last) -> tanh -> attention(1) -> flatten -> dense(2);
    }
}

check_network! {
    attention_heads: outputs;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(4, axis = last) -> tanh -> attention(2) -> flatten -> dense(2);
    }
}

check_network! {
    attention_causal: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(4, axis = last) -> tanh -> attention(2, causal = true, bias = false) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    attention_plain: training;
    structs: ;
    frozen: ;
    {
        input x: [2, 2];
        output y = x -> dense(3, axis = last) -> tanh -> attention(3, bias = false) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    attention_frozen: training;
    structs: ;
    frozen: attention1.in_proj_weight attention1.in_proj_bias attention1.out_proj_weight attention1.out_proj_bias;
    {
        input x: [3, 2];
        output y = x -> dense(4, axis = last) -> tanh -> attention(2, trainable = false) -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    attention_wide: outputs;
    structs: ;
    frozen: ;
    {
        input x: [17, 2];
        output y = x -> dense(18, axis = last) -> tanh -> attention(2, causal = true) -> flatten -> dense(2);
    }
}

check_network! {
    positions: training;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        output y = x -> dense(3, axis = last) -> positions -> tanh -> flatten -> dense(2);
        loss mse(y);
    }
}

check_network! {
    attention_blocks: outputs;
    structs: ;
    frozen: ;
    {
        input x: [3, 2];
        let h = x -> dense(4, axis = last) -> positions;
        let a = h + (h -> attention(2, causal = true));
        let b = a + (a -> dense(3, axis = last) -> tanh -> dense(4, axis = last));
        let c = b + (b -> attention(4, causal = true));
        let d = c + (c -> dense(3, axis = last) -> tanh -> dense(4, axis = last));
        output y = d -> flatten -> dense(2);
    }
}

pub mod extremes {
    use crate::declare::{check_function, check_loss};

    pub const EXTREMES: &[&str] = &["identity", "relu", "leaky_relu", "leaky_relu_slope", "relu6", "elu", "elu_alpha", "selu", "celu", "celu_alpha", "gelu", "gelu_tanh", "silu", "mish", "sigmoid", "hard_sigmoid", "log_sigmoid", "tanh", "hard_tanh", "hard_tanh_range", "hard_swish", "softplus", "softplus_beta", "softsign", "scale", "tanh_shrink", "soft_shrink", "softmax", "log_softmax", "glu", "mse", "mae", "huber", "huber_delta", "smooth_l1", "smooth_l1_beta", "log_cosh", "binary_cross_entropy", "binary_cross_entropy_with_logits", "binary_cross_entropy_pos_weight", "cross_entropy", "cross_entropy_smoothing", "cross_entropy_probabilities", "cross_entropy_class_weights", "nll", "hinge", "squared_hinge", "kl_divergence", "kl_divergence_log_target", "poisson_nll", "poisson_nll_full", "poisson_nll_rate", "poisson_nll_rate_eps", "cosine"];

    check_function! { identity: 1 { identity } }

    check_function! { relu: 1 { relu } }

    check_function! { leaky_relu: 1 { leaky_relu } }

    check_function! { leaky_relu_slope: 1 { leaky_relu(negative_slope = 0.2) } }

    check_function! { relu6: 1 { relu6 } }

    check_function! { elu: 1 { elu } }

    check_function! { elu_alpha: 1 { elu(alpha = 1.5) } }

    check_function! { selu: 1 { selu } }

    check_function! { celu: 1 { celu } }

    check_function! { celu_alpha: 1 { celu(alpha = 0.5) } }

    check_function! { gelu: 1 { gelu } }

    check_function! { gelu_tanh: 1 { gelu(approximate = tanh) } }

    check_function! { silu: 1 { silu } }

    check_function! { mish: 1 { mish } }

    check_function! { sigmoid: 1 { sigmoid } }

    check_function! { hard_sigmoid: 1 { hard_sigmoid } }

    check_function! { log_sigmoid: 1 { log_sigmoid } }

    check_function! { tanh: 1 { tanh } }

    check_function! { hard_tanh: 1 { hard_tanh } }

    check_function! { hard_tanh_range: 1 { hard_tanh(min_val = -0.5, max_val = 2) } }

    check_function! { hard_swish: 1 { hard_swish } }

    check_function! { softplus: 1 { softplus } }

    check_function! { softplus_beta: 1 { softplus(beta = 2, threshold = 3) } }

    check_function! { softsign: 1 { softsign } }

    check_function! { scale: 1 { scale(-2.0, offset = 0.5) } }

    check_function! { tanh_shrink: 1 { tanh_shrink } }

    check_function! { soft_shrink: 1 { soft_shrink(lambd = 0.3) } }

    check_function! { softmax: 3 { softmax } }

    check_function! { log_softmax: 3 { log_softmax } }

    check_function! { glu: 2 { glu } }

    check_loss! { mse: 1 { mse(y) } }

    check_loss! { mae: 1 { mae(y) } }

    check_loss! { huber: 1 { huber(y) } }

    check_loss! { huber_delta: 1 { huber(y, delta = 0.5) } }

    check_loss! { smooth_l1: 1 { smooth_l1(y) } }

    check_loss! { smooth_l1_beta: 1 { smooth_l1(y, beta = 0.5) } }

    check_loss! { log_cosh: 1 { log_cosh(y) } }

    check_loss! { binary_cross_entropy: 1 { binary_cross_entropy(y) } }

    check_loss! { binary_cross_entropy_with_logits: 1 { binary_cross_entropy_with_logits(y) } }

    check_loss! { binary_cross_entropy_pos_weight: 1 { binary_cross_entropy_with_logits(y, pos_weight = 2.5) } }

    check_loss! { cross_entropy: 3 { cross_entropy(y) } }

    check_loss! { cross_entropy_smoothing: 3 { cross_entropy(y, smoothing = 0.1) } }

    check_loss! { cross_entropy_probabilities: 3 { cross_entropy(y, target = probabilities) } }

    check_loss! { cross_entropy_class_weights: 3 { cross_entropy(y, class_weights = [0.5, 2, 1.25]) } }

    check_loss! { nll: 3 { nll(y) } }

    check_loss! { hinge: 1 { hinge(y) } }

    check_loss! { squared_hinge: 1 { squared_hinge(y) } }

    check_loss! { kl_divergence: 3 { kl_divergence(y) } }

    check_loss! { kl_divergence_log_target: 3 { kl_divergence(y, log_target = true) } }

    check_loss! { poisson_nll: 1 { poisson_nll(y) } }

    check_loss! { poisson_nll_full: 1 { poisson_nll(y, full = true) } }

    check_loss! { poisson_nll_rate: 1 { poisson_nll(y, log_input = false) } }

    check_loss! { poisson_nll_rate_eps: 1 { poisson_nll(y, log_input = false, eps = 0.01, full = true) } }

    check_loss! { cosine: 3 { cosine(y) } }
}
