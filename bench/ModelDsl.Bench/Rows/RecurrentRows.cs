using Benchmarks.Bench.Models;
using Benchmarks.Torch;
using TorchSharp;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// Recurrent layers as compiled models against libtorch's modules <c>LSTM</c> and <c>GRU</c>: the forward pass, and training
/// passes with a mean squared error and the gradients of all parameters.
/// </summary>
internal sealed class RecurrentRows : IRowGroup
{
    private const double Goal = 1.0;
    private const int Batch = 32;

    public string Name => "recurrent";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        Of<LstmLayer>("LSTM", backward: false),
        Of<LstmLayer>("LSTM", backward: true),
        Of<GruLayer>("GRU", backward: false),
        Of<GruLayer>("GRU", backward: true),
    ];

    private Row Of<TModel>(string name, bool backward)
        where TModel : class, IModel<TModel>
    {
        Shape shape = TModel.Create(1).Description.InputShape;
        (int steps, int features) = (shape.Dimensions[0], shape.Dimensions[1]);
        int units = TModel.Create(1).Description.OutputShape.Dimensions[1];
        return new Row
        {
            Group = Name,
            Name = $"{name} {features} to {units}, {steps} steps, batch {Batch}{(backward ? ", with gradients" : "")}",
            Work = Work.Samples(Batch),
            Goal = Goal,
            Ours = () => Ours<TModel>(backward),
            Torch = () => Torch<TModel>(backward),
        };
    }

    private static Contender Ours<TModel>(bool backward)
        where TModel : class, IModel<TModel>
    {
        TModel model = TModel.Create(1);
        float[] samples = Numbers.Draw(Batch * model.Description.InputShape.Count, 2).Span.ToArray();
        float[] targets = Numbers.Draw(Batch * model.Description.OutputShape.Count, 3).Span.ToArray();
        return backward
            ? new Contender(() => model.ComputeGradients(samples, targets))
            {
                Result = () => [.. model.Description.Parameters.SelectMany(
                    parameter => model.Gradients.Slice(parameter.Offset, parameter.Shape.Count).ToArray())],
            }
            : new Contender(() => model.Predict(samples)) { Result = () => model.Predict(samples).ToArray() };
    }

    private static Contender Torch<TModel>(bool backward)
        where TModel : class, IModel<TModel>
    {
        TModel source = TModel.Create(1);
        TorchModel model = new(typeof(TModel)) { Training = backward };
        model.CopyParametersFrom(source);
        Tensor Draw(Shape shape, int seed) => tensor(
            Numbers.Draw(Batch * shape.Count, seed).Span.ToArray(), [Batch, .. shape.Dimensions.ToArray().Select(extent => (long)extent)]);
        Tensor samples = Draw(source.Description.InputShape, 2), targets = Draw(source.Description.OutputShape, 3);
        void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            if (!backward)
            {
                using IDisposable guard = inference_mode();
                model.Forward(samples);
                return;
            }

            foreach (Tensor parameter in model.Parameters.Select(entry => entry.Value))
            {
                parameter.grad = null;
            }

            model.Loss(model.Forward(samples), targets).backward();
        }

        return new Contender(
            Run,
            dispose: () =>
            {
                model.Dispose();
                Tensors.DisposeAll(samples, targets);
            })
        {
            Result = () =>
            {
                Run();
                return backward
                    ? [.. model.Parameters.SelectMany(entry => entry.Value.grad!.data<float>().ToArray())]
                    : model.Forward(samples).detach().data<float>().ToArray();
            },
        };
    }
}
