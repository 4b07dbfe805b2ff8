namespace ModelDsl;

/// <summary>Copies weights between models in memory, such as a pre-trained encoder into a classifier.</summary>
public static class ModelWeights
{
    /// <summary>
    /// Copies tensors from one model into another, which may be of another class. All are compared before the first is
    /// written, so that a copy that fails changes nothing. Optimizers keep their state: start a new one.
    /// </summary>
    /// <param name="source">The model that is read.</param>
    /// <param name="target">The model that is changed.</param>
    /// <param name="map">
    /// Which tensors, and their names in the source; all, by their own names, where it is null.
    /// </param>
    /// <returns>What was taken, left and missing.</returns>
    /// <exception cref="ArgumentException">
    /// Both models are the same; a path of the map stands for nothing in the target; a tensor of a strict map is
    /// missing
    /// in the source; or a tensor has other shapes on the two sides.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The source is being trained or the target is in use, or one of them only predicts.
    /// </exception>
    public static WeightsReport Copy(IInferenceModel source, IInferenceModel target, WeightMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (ReferenceEquals(source, target))
        {
            throw new ArgumentException("expected two models, got the same one twice", nameof(target));
        }

        (ModelDescription from, ModelDescription to) = (source.Description, target.Description);
        Dictionary<string, ParameterDescription> tensors = from.Parameters.ToDictionary(parameter => parameter.Name);
        var transfer = WeightTransfer<ParameterDescription>.Match(
            map ?? new WeightMap(),
            to,
            from.Parameters.Select(parameter => parameter.Name),
            name => tensors.GetValueOrDefault(name),
            (parameter, tensor) =>
            {
                if (parameter.Shape != tensor.Shape)
                {
                    throw new ArgumentException(
                        $"expected {tensor.Name} of {from.Name} to be of {parameter.Shape}, as {parameter.Name} of "
                            + $"{to.Name} is, got {tensor.Shape}",
                        nameof(source));
                }
            },
            (parameter, name) => new ArgumentException(
                $"expected a tensor {name} of {parameter.Shape} in {from.Name} for {parameter.Name} of {to.Name}, "
                    + "but there is none",
                nameof(source)));
        using ModelHold read = source.Hold(ModelAccess.Read);
        using ModelHold change = target.Hold(ModelAccess.Change);
        ReadOnlySpan<float> values = source.Parameters;
        Span<float> parameters = target.Parameters;
        foreach ((ParameterDescription parameter, ParameterDescription tensor) in transfer.Taken)
        {
            values.Slice(tensor.Offset, tensor.Shape.Count).CopyTo(parameters[parameter.Offset..]);
        }

        return transfer.Report;
    }
}

/// <summary>Which tensors a model takes from where, before the first is written.</summary>
/// <typeparam name="TTensor">A tensor of the source.</typeparam>
internal sealed class WeightTransfer<TTensor>
    where TTensor : class
{
    private WeightTransfer(List<(ParameterDescription, TTensor)> taken, WeightsReport report) =>
        (Taken, Report) = (taken, report);

    /// <summary>The tensors with those that they are taken from.</summary>
    public IReadOnlyList<(ParameterDescription Parameter, TTensor Tensor)> Taken { get; }

    /// <summary>What becomes of all tensors.</summary>
    public WeightsReport Report { get; }

    /// <param name="map">What is to be taken.</param>
    /// <param name="model">The model that takes it.</param>
    /// <param name="names">The names of all tensors of the source.</param>
    /// <param name="find">The tensor of a name; null where there is none.</param>
    /// <param name="check">Throws where a tensor does not fit.</param>
    /// <param name="missing">What is thrown where a tensor of a strict map is not there.</param>
    public static WeightTransfer<TTensor> Match(
        WeightMap map,
        ModelDescription model,
        IEnumerable<string> names,
        Func<string, TTensor?> find,
        Action<ParameterDescription, TTensor> check,
        Func<ParameterDescription, string, Exception> missing)
    {
        List<(ParameterDescription, TTensor)> tensors = [];
        List<TakenWeight> taken = [];
        List<string> absent = [];
        foreach ((ParameterDescription parameter, string? source) in map.Resolve(model))
        {
            if (source is not null && find(source) is { } tensor)
            {
                check(parameter, tensor);
                tensors.Add((parameter, tensor));
                taken.Add(new TakenWeight(parameter.Name, source));
            }
            else if (map.IsStrict)
            {
                throw missing(parameter, source ?? parameter.Name);
            }
            else
            {
                absent.Add(parameter.Name);
            }
        }

        HashSet<string> used = [.. taken.Select(weight => weight.Source)];
        return new WeightTransfer<TTensor>(
            tensors, new WeightsReport([.. taken], [.. names.Where(name => !used.Contains(name))], [.. absent]));
    }
}
