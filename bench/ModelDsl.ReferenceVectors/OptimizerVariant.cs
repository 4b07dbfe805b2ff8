using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks.ReferenceVectors;

/// <summary>An optimizer with the settings that the parity tests give ours of the same name.</summary>
internal sealed record OptimizerVariant(string Name, Func<IEnumerable<Parameter>, optim.Optimizer> Create)
{
    /// <summary>What the files hold ten steps of.</summary>
    public static IReadOnlyList<OptimizerVariant> All { get; } =
    [
        new("sgd", parameters => optim.SGD(parameters, 0.05)),
        new("sgd-momentum", parameters => optim.SGD(parameters, 0.05, momentum: 0.9)),
        new("sgd-nesterov", parameters => optim.SGD(parameters, 0.05, momentum: 0.9, nesterov: true)),
        new("sgd-weight-decay", parameters => optim.SGD(parameters, 0.05, momentum: 0.9, weight_decay: 0.1)),
        new("adam", parameters => optim.Adam(parameters, 0.01)),
        new("adam-weight-decay", parameters => optim.Adam(parameters, 0.01, weight_decay: 0.1)),
        new("adamw", parameters => optim.AdamW(parameters, 0.01, weight_decay: 0.1)),
    ];

    /// <summary>What only the file of trajectories holds, with those above: a hundred steps.</summary>
    public static IReadOnlyList<OptimizerVariant> Further { get; } =
    [
        new("sgd-dampening", parameters => optim.SGD(parameters, 0.05, momentum: 0.9, dampening: 0.3)),
        new("adam-amsgrad", parameters => optim.Adam(parameters, 0.01, amsgrad: true)),
        new("adamw-amsgrad", parameters => optim.AdamW(parameters, 0.01, weight_decay: 0.1, amsgrad: true)),
        new("nadam", parameters => optim.NAdam(parameters, 0.01)),
        new("nadam-weight-decay", parameters => optim.NAdam(parameters, 0.01, weight_decay: 0.1, momentum_decay: 0.02)),
        new("rmsprop", parameters => optim.RMSProp(parameters, 0.01)),
        new("rmsprop-centered", parameters => optim.RMSProp(
            parameters, 0.01, alpha: 0.9, weight_decay: 0.1, momentum: 0.5, centered: true)),
        new("adagrad", parameters => optim.Adagrad(parameters, 0.05)),
        new("adagrad-decay", parameters => optim.Adagrad(
            parameters, 0.05, lr_decay: 0.1, weight_decay: 0.1, initial_accumulator_value: 0.5)),
    ];
}
