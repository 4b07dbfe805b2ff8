using ModelDsl.Bench.Data;
using ModelDsl.Bench.Measurement;
using ModelDsl.TestModels;
using static TorchSharp.torch;

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
    ];

    private Row Of<TModel>(
        string name, int size, double goal, long[] shape, Func<LabelledBatch[]> load, bool isDeterministic)
        where TModel : class, IModel<TModel> => new()
        {
            Group = Name,
            Name = name,
            Work = Work.Samples(size),
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
                    adam.Step(model.Parameters, model.Gradients);
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
