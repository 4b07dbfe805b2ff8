using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.ReferenceVectors;

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
}
