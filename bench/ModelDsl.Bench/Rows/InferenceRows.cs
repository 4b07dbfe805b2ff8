using ModelDsl.TestModels;

namespace Benchmarks.Bench.Rows;

/// <summary>Predictions of multi-layer perceptrons.</summary>
internal sealed class InferenceRows : IRowGroup
{
    public string Name => "inference";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        Of<MnistMlp>("MNIST MLP", 1, 4),
        Of<MnistMlp>("MNIST MLP", 8, 1.5),
        Of<MnistMlp>("MNIST MLP", 64, 1.5),
        Of<MnistMlp>("MNIST MLP", 512, 1.5),
        Of<SmallMlp>("MLP 16-32-32-4", 1, 300),
        Of<SmallMlp>("MLP 16-32-32-4", 8, 1.5),
        Of<SmallMlp>("MLP 16-32-32-4", 64, 1.5),
        Of<SmallMlp>("MLP 16-32-32-4", 512, 1.5),
    ];

    private Row Of<TModel>(string name, int size, double goal)
        where TModel : class, IModel<TModel> => new()
        {
            Group = Name,
            Name = size == 1 ? $"{name}, one sample" : $"{name}, batch of {size}",
            Work = Work.Samples(size),
            Goal = goal,
            Ours = () => Predictions.Ours(TModel.Create(1), Draw<TModel>(size)),
            Torch = () => Predictions.Torch(TModel.Create(1), Draw<TModel>(size)),
        };

    private static float[] Draw<TModel>(int size)
        where TModel : class, IModel<TModel> =>
        Numbers.Draw(size * TModel.Architecture.InputShape.Count, 2).Span.ToArray();
}
