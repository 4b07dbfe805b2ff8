using ModelDsl.TestModels;
using ModelDsl.Torch;

namespace ModelDsl.Bench.Rows;

/// <summary>
/// Predictions. libtorch runs in inference mode on a tensor that exists; ours takes a span of floats that may lie anywhere.
/// </summary>
internal sealed class InferenceRows : IRowGroup
{
    public string Name => "inference";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        Of<MnistMlp>("MNIST MLP", 1, 4, [28, 28]),
        Of<MnistMlp>("MNIST MLP", 8, 1.5, [28, 28]),
        Of<MnistMlp>("MNIST MLP", 64, 1.5, [28, 28]),
        Of<MnistMlp>("MNIST MLP", 512, 1.5, [28, 28]),
        Of<SmallMlp>("MLP 16-32-32-4", 1, 300, [16]),
        Of<SmallMlp>("MLP 16-32-32-4", 8, 1.5, [16]),
        Of<SmallMlp>("MLP 16-32-32-4", 64, 1.5, [16]),
        Of<SmallMlp>("MLP 16-32-32-4", 512, 1.5, [16]),
    ];

    private Row Of<TModel>(string name, int size, double goal, long[] shape)
        where TModel : class, IModel<TModel> => new()
        {
            Group = Name,
            Name = size == 1 ? $"{name}, one sample" : $"{name}, batch of {size}",
            Work = Work.Samples(size),
            Goal = goal,
            Ours = () =>
            {
                TModel model = TModel.Create(1).ForInference();
                float[] samples = Numbers.Draw(size * model.Description.InputShape.Count, 2).Span.ToArray();
                return new Contender(() => model.Predict(samples))
                {
                    Result = () => model.Predict(samples).ToArray(),
                };
            },
            Torch = () =>
            {
                TModel source = TModel.Create(1);
                TorchModel model = new(typeof(TModel)) { Training = false };
                model.CopyParametersFrom(source);
                Tensor samples = tensor(
                    Numbers.Draw(size * source.Description.InputShape.Count, 2).Span.ToArray(), [size, .. shape]);
                IDisposable guard = inference_mode();
                return new Contender(
                    () => model.Forward(samples).Dispose(),
                    dispose: () =>
                    {
                        guard.Dispose();
                        model.Dispose();
                    })
                {
                    Result = () => model.Forward(samples).detach().data<float>().ToArray(),
                };
            },
        };
}
