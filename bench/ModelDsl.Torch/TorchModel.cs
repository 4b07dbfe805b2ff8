using System.Reflection;
using Benchmarks.Torch.Loading;
using TorchSharp;

namespace Benchmarks.Torch;

/// <summary>
/// A model class's twin in libtorch, made from the same attributes. It calls libtorch's functions directly, without
/// modules around them, so nothing of TorchSharp's own stands between them.
/// </summary>
public sealed class TorchModel : IDisposable
{
    private readonly TorchLayerContext _context = new();
    private readonly TorchChain _layers;
    private readonly ITorchLoss _loss;
    private readonly double _weight;

    /// <summary>Makes the twin of a model class. All parameters are zero.</summary>
    /// <exception cref="NotSupportedException">No class here says what one of the attributes means in libtorch.</exception>
    public TorchModel(Type model)
    {
        TorchLibrary.EnsureLoaded();
        _layers = _context.CreateChain(model);
        _loss = _layers.Loss ?? throw new NotSupportedException($"{model.Name} has no loss");
        _weight = model.GetCustomAttributes<LossAttribute>().SingleOrDefault()?.Weight ?? 1;
    }

    /// <summary>Whether it is known what the attributes and the method of a model class mean in libtorch.</summary>
    public static bool IsSupported(Type model) =>
        (!TorchMethods.HasMethod(model) || TorchMethods.Knows(model))
        && model.GetCustomAttributes<LayerAttribute>().All(attribute => attribute is InputAttribute
            || (TorchParts.Knows(attribute) && attribute.GetType().GetGenericArguments().All(IsSupported)));

    /// <summary>The trained tensors by the names that the compiled model gives them, in the order of the layers.</summary>
    public IReadOnlyList<KeyValuePair<string, Parameter>> Parameters => _context.Parameters;

    /// <summary>The tensors that are kept, but not trained: statistics.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> States => _context.States;

    /// <summary>Whether dropout drops, and statistics are those of the batch.</summary>
    public bool Training
    {
        get => _context.Training;
        set => _context.Training = value;
    }

    /// <summary>The outputs of a batch [batch, ...input shape].</summary>
    public Tensor Forward(Tensor samples)
    {
        using DisposeScope scope = NewDisposeScope();
        _context.IsPadding = _context.Padding is { } token ? samples == token : null;
        _context.ActivityPenalty = null;
        Tensor outputs = _layers.Forward(samples);
        _context.ActivityPenalty?.MoveToOuterDisposeScope();
        return outputs.MoveToOuterDisposeScope();
    }

    /// <summary>The batch's mean loss, in training with the penalties of the last forward pass: int64 labels [batch], or float values of the outputs' shape.</summary>
    public Tensor Loss(Tensor outputs, Tensor targets)
    {
        Tensor loss = _weight == 1.0 ? _loss.Evaluate(outputs, targets) : _loss.Evaluate(outputs, targets) * _weight;
        return HasPenalties && Training ? loss + _context.Penalties() : loss;
    }

    /// <summary>Whether training minimises penalties for weights and activities along with the loss.</summary>
    public bool HasPenalties => _context.HasPenalties;

    /// <summary>Takes the parameters of a compiled model of the same class.</summary>
    public void CopyParametersFrom(IModel model)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor parameter) in Parameters.Select(entry => (entry.Key, (Tensor)entry.Value))
            .Concat(States.Select(entry => (entry.Key, entry.Value))))
        {
            ParameterDescription description = model.Description.Parameters.Single(candidate => candidate.Name == name);
            using Tensor values = tensor(
                model.Parameters.Slice(description.Offset, description.Shape.Count).ToArray(), parameter.shape);
            parameter.copy_(values);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor tensor in Parameters.Select(entry => (Tensor)entry.Value).Concat(States.Select(entry => entry.Value)))
        {
            tensor.Dispose();
        }
    }
}
