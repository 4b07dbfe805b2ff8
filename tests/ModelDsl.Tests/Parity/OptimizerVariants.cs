namespace ModelDsl.Tests.Parity;

/// <summary>Our optimizers with the settings that bench/ModelDsl.ReferenceVectors gives libtorch's of the same name.</summary>
internal static class OptimizerVariants
{
    private static readonly Dictionary<string, Func<IOptimizer>> Factories = new()
    {
        ["sgd"] = () => new Sgd { LearningRate = 0.05f },
        ["sgd-momentum"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f },
        ["sgd-nesterov"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true },
        ["sgd-weight-decay"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, WeightDecay = 0.1f },
        ["adam"] = () => new Adam { LearningRate = 0.01f },
        ["adam-weight-decay"] = () => new Adam { LearningRate = 0.01f, WeightDecay = 0.1f },
        ["adamw"] = () => new AdamW { LearningRate = 0.01f, WeightDecay = 0.1f },
    };

    /// <summary>The names of all variants.</summary>
    public static IEnumerable<string> Names => Factories.Keys;

    /// <summary>A new optimizer.</summary>
    public static IOptimizer Create(string name) => Factories[name]();
}
