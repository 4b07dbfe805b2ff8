using MnistSample;
using Benchmarks.Bench.Models;
using ModelDsl.TestModels;
using ModelDsl.Tests.Parity;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// Training steps (forward pass, loss, backward pass, Adam) over several batches in turn. A single batch would be
/// learned by heart, and vanishing gradients cost processors other times than those of real training.
/// </summary>
internal sealed class TrainingRows(MnistFolder mnist) : IRowGroup
{
    private const int Batches = 64;

    /// <summary>Of images so large that more would only fill the memory: 16 batches of 32 take 57 MB.</summary>
    private const int LargeBatches = 16;

    /// <summary>
    /// For gradients of networks with normalisations. Their activations lie around 0, where ReLU's derivative jumps,
    /// and each one that rounding brings to the other side changes the gradient. On the first batch of DS-CNN and
    /// ResNet-8 ours is within 2e-6 of a computation in double precision and libtorch's within 8e-3; of MobileNet,
    /// which has three times as many activations, within 0.02 and 0.06.
    /// </summary>
    private const float JumpTolerance = 0.1f;

    /// <summary>What both sides have after one step and can be compared by.</summary>
    private enum Comparison
    {
        /// <summary>Nothing: dropout draws other masks on each side.</summary>
        None,

        /// <summary>The gradients. Adam's step makes a full step of the sign of one that should be 0.</summary>
        Gradients,

        /// <summary>The parameters.</summary>
        Parameters,
    }

    public string Name => "training";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        Of<MnistMlp>("MNIST MLP", 128, 3, Comparison.None, size => LabelledBatch.Take(mnist.Train, Batches, size)),
        Of<SmallMlp>(
            "MLP 16-32-32-4", 32, 75, Comparison.Parameters, size => LabelledBatch.Draw(Batches, size, 16, classes: 4)),
        Of<MnistConvnet>(
            "MNIST convnet", 128, 1.3, Comparison.None, size => LabelledBatch.Take(mnist.Train, Batches, size)),
        Of<LeNet>("LeNet", 128, 2, Comparison.Gradients, size => LabelledBatch.Take(mnist.Train, Batches, size)),
        Of<SoundAutoencoder>(
            "MLPerf Tiny autoencoder",
            128,
            3,
            Comparison.Gradients,
            size => LabelledBatch.DrawUnlabelled(Batches, size, 640)),
        Of<DsCnn>(
            "MLPerf Tiny DS-CNN",
            32,
            2,
            Comparison.Gradients,
            size => LabelledBatch.Draw(Batches, size, 49 * 10, classes: 12)) with
        {
            TorchTolerance = JumpTolerance,
        },
        Of<ResNet8>(
            "MLPerf Tiny ResNet-8",
            32,
            2,
            Comparison.Gradients,
            size => LabelledBatch.Draw(Batches, size, 32 * 32 * 3, classes: 10)) with
        {
            TorchTolerance = JumpTolerance,
        },
        Of<MobileNet>(
            "MLPerf Tiny MobileNetV1 0.25",
            32,
            2,
            Comparison.Gradients,
            size => LabelledBatch.Draw(LargeBatches, size, 96 * 96 * 3, classes: 2)) with
        {
            TorchTolerance = JumpTolerance,
        },
        Of<CharGpt>(
            "CharGpt",
            12,
            1.3,
            Comparison.None,
            size => LabelledBatch.DrawTokens(Batches, size, 64, 65)) with
        {
            Name = "CharGpt, step of 12x64, tokens",
            Work = Work.Samples(12 * 64),
        },
    ];

    private Row Of<TModel>(
        string name, int size, double goal, Comparison comparison, Func<int, LabelledBatch[]> load)
        where TModel : class, IModel<TModel> => new()
        {
            Group = Name,
            Name = $"{name}, step of {size}",
            Work = Work.Samples(size),
            Goal = goal,
            Ours = () =>
            {
                LabelledBatch[] batches = load(size);
                TModel model = TModel.Create(1);
                Adam adam = new();
                int next = 0;
                return new Contender(() =>
                {
                    LabelledBatch batch = batches[next++ % batches.Length];
                    model.ComputeGradients(batch.Samples, batch.Targets);
                    adam.Step(model.TrainableParameters, model.Gradients);
                })
                {
                    Result = comparison switch
                    {
                        Comparison.None => null,
                        Comparison.Gradients => () => Read(model, model.Gradients),
                        _ => () => Read(model, model.TrainableParameters),
                    },
                };
            },
            Torch = () =>
            {
                long[] shape = [size, .. TModel.Architecture.InputShape.Dimensions];
                (Tensor Samples, Tensor Targets)[] batches = [.. load(size).Select(batch =>
                {
                    Tensor samples = tensor(batch.Samples, shape);
                    Tensor targets = batch.Labels is { } labels
                        ? tensor(Array.ConvertAll(labels, label => (long)label))
                        : samples;
                    return (samples, targets);
                })];
                TorchTraining training = new(TModel.Create(1));
                int next = 0;
                return new Contender(
                    () =>
                    {
                        (Tensor samples, Tensor targets) = batches[next++ % batches.Length];
                        training.Step(samples, targets);
                    },
                    dispose: training.Dispose)
                {
                    Result = comparison switch
                    {
                        Comparison.None => null,
                        Comparison.Gradients => training.ReadGradients,
                        _ => training.ReadParameters,
                    },
                };
            },
        };

    /// <summary>What lies where the trained parameters do, one tensor after the other.</summary>
    private static float[] Read(IModel model, ReadOnlySpan<float> values)
    {
        List<float> result = [];
        foreach (ParameterDescription parameter in
            model.Description.Parameters.Where(candidate => !candidate.IsStatistic))
        {
            result.AddRange(values.Slice(parameter.Offset, parameter.Shape.Count));
        }

        return [.. result];
    }
}
