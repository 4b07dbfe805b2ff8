using Benchmarks.Torch;
using TorchSharp;

namespace Benchmarks.Bench.Rows;

/// <summary>A model's twin in libtorch with Adam, as a careful user of TorchSharp writes its training step.</summary>
internal sealed class TorchTraining : IDisposable
{
    private readonly optim.Optimizer _optimizer;

    /// <summary>A twin with the parameters of a compiled model.</summary>
    public TorchTraining(IModel model)
        : this(model.GetType(), learningRate: 1e-3) => Model.CopyParametersFrom(model);

    /// <summary>A model class's twin, whose parameters are all zero.</summary>
    public TorchTraining(Type model, double learningRate)
    {
        Model = new TorchModel(model);
        _optimizer = optim.Adam(Model.Parameters.Select(entry => entry.Value), learningRate);
    }

    /// <summary>The twin.</summary>
    public TorchModel Model { get; }

    /// <summary>Forward pass, loss, backward pass and one step of Adam.</summary>
    public void Step(Tensor samples, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor loss = Model.Loss(Model.Forward(samples), labels);
        loss.backward();
        _optimizer.step();
    }

    /// <summary>All parameters, one tensor after the other.</summary>
    public float[] ReadParameters() =>
        [.. Model.Parameters.SelectMany(entry => entry.Value.detach().data<float>().ToArray())];

    /// <summary>The gradients of the last step, one tensor after the other.</summary>
    public float[] ReadGradients() =>
        [.. Model.Parameters.SelectMany(entry => entry.Value.grad!.contiguous().data<float>().ToArray())];

    /// <inheritdoc />
    public void Dispose()
    {
        _optimizer.Dispose();
        Model.Dispose();
    }
}
