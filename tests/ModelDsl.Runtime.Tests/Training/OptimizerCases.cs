namespace ModelDsl.Runtime.Tests.Training;

/// <summary>Each optimizer with the settings that change what it computes or remembers.</summary>
internal static class OptimizerCases
{
    private static readonly Dictionary<string, Func<Optimizer>> Factories = new()
    {
        ["Sgd"] = () => new Sgd { LearningRate = 0.05f },
        ["Sgd with momentum"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, WeightDecay = 0.1f },
        ["Sgd with Nesterov's momentum"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true },
        ["Sgd with dampening"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, Dampening = 0.3f },
        ["Adam"] = () => new Adam { LearningRate = 0.01f },
        ["Adam with AMSGrad"] = () => new Adam { LearningRate = 0.01f, AmsGrad = true },
        ["AdamW"] = () => new AdamW { LearningRate = 0.01f, WeightDecay = 0.1f, MaxGradientNorm = 1f, MaxGradientValue = 0.1f },
        ["NAdam"] = () => new NAdam { LearningRate = 0.01f, WeightDecay = 0.1f, DecoupledWeightDecay = true },
        ["RmsProp"] = () => new RmsProp { LearningRate = 0.01f, WeightDecay = 0.1f },
        ["RmsProp with momentum, centred"] = () => new RmsProp { LearningRate = 0.01f, Momentum = 0.9f, Centered = true },
        ["Adagrad"] = () => new Adagrad { LearningRate = 0.05f, LearningRateDecay = 0.1f, InitialSquares = 0.1f },
        ["Adafactor"] = () => new Adafactor { LearningRate = 0.05f, WeightDecay = 0.1f, MaxGradientNorm = 3f },
        ["Muon"] = () => new Muon { LearningRate = 0.05f, WeightDecay = 0.1f, IsHidden = _ => true },
        ["Muon without hidden matrices"] = () => new Muon { LearningRate = 0.05f },
        ["Lion"] = () => new Lion { LearningRate = 0.01f, WeightDecay = 0.1f },
    };

    public static IEnumerable<string> All => Factories.Keys;

    public static TheoryData<string> Names => [.. All];

    public static Optimizer Create(string name) => Factories[name]();

    /// <summary>A model whose weight is a matrix of odd sizes.</summary>
    public static LinearModel CreateModel() => new(new Shape(13), 7, LossKind.MeanSquaredError, seed: 3);

    /// <summary>Takes steps whose gradients depend on the parameters and on the number of the step.</summary>
    public static void Run(Optimizer optimizer, IModel model, int first, int count)
    {
        for (int step = first; step < first + count; step++)
        {
            foreach (ParameterDescription parameter in model.Description.Parameters)
            {
                int end = parameter.Offset + parameter.Shape.Count;
                for (int i = parameter.Offset; i < end; i++)
                {
                    model.Gradients[i] = MathF.Sin((3 * step) + i) + (0.3f * model.Parameters[i]);
                }
            }

            optimizer.Step(model);
        }
    }
}
