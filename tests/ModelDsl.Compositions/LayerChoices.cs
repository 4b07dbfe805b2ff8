using System.Collections.Immutable;
using ModelDsl.TestModels;

namespace ModelDsl.Compositions;

/// <summary>Every layer that compositions are made of. A new layer is one more entry here.</summary>
public static class LayerChoices
{
    /// <summary>The layers.</summary>
    public static ImmutableArray<LayerChoice> All { get; } =
    [
        .. VectorLayers.All,
        .. ImageLayers.All,
        .. SequenceLayers.All,
        .. CompositeLayers.All,
        .. Activations(),
    ];

    /// <summary>The attributes of the runtime that no composition has, each with the reason.</summary>
    public static ImmutableDictionary<Type, string> Exceptions { get; } = new Dictionary<Type, string>
    {
        [typeof(InputAttribute)] = "every composition begins with one",
        [typeof(ParameterAttribute)] = "it stands at a parameter of a method; compositions are attributes",
        [typeof(LabelsAttribute)] = "it stands at a parameter of a method; compositions are attributes",
        [typeof(TargetAttribute)] = "it stands at a parameter of a method; compositions are attributes",
        [typeof(OneHotAttribute)] = "compositions learn vectors for their tokens; the test models have it",
        [typeof(Conv3DAttribute)] = "compositions have no volumes; the test models do",
        [typeof(MaxPool3DAttribute)] = "compositions have no volumes; the test models do",
        [typeof(AvgPool3DAttribute)] = "compositions have no volumes; the test models do",
        [typeof(OutputsAttribute<,>)] = "compositions have one output; the test models have several",
        [typeof(OutputsAttribute<,,>)] = "compositions have one output; the test models have several",
        [typeof(OutputsAttribute<,,,>)] = "compositions have one output; the test models have several",
    }.ToImmutableDictionary();

    private static IEnumerable<LayerChoice> Activations()
    {
        (Type Attribute, Func<LayerDraft, string?>? Argument)[] activations =
        [
            (typeof(ReluAttribute), null),
            (typeof(LeakyReluAttribute), draft => draft.Tenths(1, 4)),
            (typeof(SigmoidAttribute), null),
            (typeof(TanhAttribute), null),
            (typeof(GeluAttribute), draft => draft.Maybe("Approximate = true", 0.5)),
            (typeof(SiluAttribute), null),
            (typeof(EluAttribute), draft => draft.Tenths(5, 15)),
            (typeof(SeluAttribute), null),
            (typeof(MishAttribute), null),
            (typeof(HardSwishAttribute), null),
            (typeof(SoftplusAttribute), null),
            (typeof(HardSigmoidAttribute), null),
            (typeof(ClipAttribute), draft => $"-{draft.Tenths(3, 9)}, {draft.Tenths(3, 9)}"),
            (typeof(PreluAttribute), draft => draft.Maybe("PerChannel = true", 0.5)),
            (typeof(ActivityRegularizationAttribute), draft => draft.Chance(0.5) ? "L1 = 0.01f" : "L2 = 0.02f"),
        ];
        foreach ((Type attribute, Func<LayerDraft, string?>? argument) in activations)
        {
            string kind = attribute.Name[..^"Attribute".Length];

            // Three that are made of straight lines, as often as one: models of little else have no gradient to
            // compare.
            bool isOneOfThree = kind is "HardSwish" or "HardSigmoid" or "Clip";
            yield return new(attribute, draft => draft.Input.IsTokens || (isOneOfThree && draft.Chance(2.0 / 3))
                ? null
                : draft.Layer(kind, draft.Input, argument?.Invoke(draft)));
        }

        yield return new(typeof(ActivationAttribute<>), draft => draft.Input.IsTokens
            ? null
            : draft.Layer($"Activation<{(draft.Chance(0.5) ? typeof(Softsign) : typeof(InverseSquareRoot)).FullName}>", draft.Input));
    }
}
