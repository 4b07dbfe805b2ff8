namespace ModelDsl.Generator.Planning;

/// <summary>
/// Where dropout follows an activation whose derivative vanishes with its output (a rectifier), a dropped element is
/// zero itself, and its zero says that it was dropped: the backward pass needs neither the mask nor the activation's
/// own output.
/// </summary>
internal static class DropoutMaskElision
{
    public static IReadOnlyList<Operation> Run(IReadOnlyList<Operation> forward, IReadOnlyList<Operation> backward, CancellationToken cancellation)
    {
        var result = new List<Operation>();
        Dictionary<int, DropoutOperation> drops = forward
            .Looked(cancellation)
            .OfType<DropoutOperation>()
            .GroupBy(drop => drop.Layer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First());
        for (int i = 0; i < backward.Count; i++)
        {
            cancellation.Look();
            if (i + 1 < backward.Count
                && backward[i] is DropoutOperation mask
                && backward[i + 1] is ActivationGradient activation
                && activation.Function.VanishesWithOutput
                && activation.Source == mask.Result
                && drops.TryGetValue(mask.Layer.Ordinal, out DropoutOperation? dropout)
                && dropout.Source.Root == activation.Saved.Root)
            {
                result.Add(new ActivationGradient(
                    activation.Layer, mask.Source, dropout.Result, activation.Function, activation.Result, dropout.Scale));
                i++;
            }
            else
            {
                result.Add(backward[i]);
            }
        }

        return result;
    }
}
