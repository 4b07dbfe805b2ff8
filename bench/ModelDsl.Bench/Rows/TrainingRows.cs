using MnistSample;
using ModelDsl.Bench.Models;
using ModelDsl.TestModels;

namespace ModelDsl.Bench.Rows;

/// <summary>
/// Training steps (forward pass, loss, backward pass, Adam) over 64 batches in turn. A single batch would be learned by
/// heart, and vanishing gradients cost processors other times than those of real training.
/// </summary>
internal sealed class TrainingRows(MnistFolder mnist) : IRowGroup
{
    private const int Batches = 64;

    public string Name => "training";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        Of<MnistMlp>(
            "MNIST MLP, step of 128",
            128,
            3,
            [28, 28],
            () => LabelledBatch.Take(mnist.Train, Batches, 128),
            isDeterministic: false),
        Of<SmallMlp>(
            "MLP 16-32-32-4, step of 32",
            32,
            75,
            [16],
            () => LabelledBatch.Draw(Batches, 32, 16, 4),
            isDeterministic: true),
        Of<MnistConvnet>(
            "MNIST convnet, step of 128",
            128,
            1.3,
            [28, 28],
            () => LabelledBatch.Take(mnist.Train, Batches, 128),
            isDeterministic: false),
        Of<CharGpt>(
            "CharGpt, step of 12x64, tokens",
            12,
            1.3,
            [64],
            () => LabelledBatch.DrawTokens(Batches, 12, 64, 65),
            isDeterministic: false,
            stepsPerSample: 64),
    ];

    private Row Of<TModel>(
        string name,
        int size,
        double goal,
        long[] shape,
        Func<LabelledBatch[]> load,
        bool isDeterministic,
        int stepsPerSample = 1)
        where TModel : class, IModel<TModel> => new()
        {
            Group = Name,
            Name = name,
            Work = Work.Samples(size * stepsPerSample),
            Goal = goal,
            Ours = () =>
            {
                LabelledBatch[] batches = load();
                TModel model = TModel.Create(1);
                Adam adam = new();
                int next = 0;
                return new Contender(() =>
                {
                    LabelledBatch batch = batches[next++ % Batches];
                    model.ComputeGradients(batch.Samples, batch.Labels);
                    adam.Step(model.Parameters[..model.Gradients.Length], model.Gradients);
                })
                {
                    Result = isDeterministic ? () => ReadParameters(model) : null,
                };
            },
            Torch = () =>
            {
                (Tensor Samples, Tensor Labels)[] batches = [.. load().Select(batch => (
                    tensor(batch.Samples, [size, .. shape]),
                    tensor(Array.ConvertAll(batch.Labels, label => (long)label))))];
                TorchTraining training = new(TModel.Create(1));
                int next = 0;
                return new Contender(
                    () =>
                    {
                        (Tensor samples, Tensor labels) = batches[next++ % Batches];
                        training.Step(samples, labels);
                    },
                    dispose: training.Dispose)
                {
                    Result = isDeterministic ? training.ReadParameters : null,
                };
            },
        };

    private static float[] ReadParameters(IModel model) => [.. model.Description.Parameters.SelectMany(
        parameter => model.Parameters.Slice(parameter.Offset, parameter.Shape.Count).ToArray())];
}
