using System.Collections.Immutable;
using ModelDsl.TestModels;

namespace ModelDsl.Compositions;

/// <summary>Every loss that compositions end with. A new loss is one more entry here.</summary>
public static class LossChoices
{
    /// <summary>The losses.</summary>
    public static ImmutableArray<LossChoice> All { get; } =
    [
        new(typeof(MeanSquaredErrorAttribute), _ => "MeanSquaredError"),
        new(typeof(MeanAbsoluteErrorAttribute), _ => "MeanAbsoluteError"),
        new(typeof(HuberAttribute), draft => $"Huber({draft.Tenths(2, 12)})"),
        new(typeof(LossAttribute<>), _ => $"Loss<{typeof(LogCosh).FullName}>"),
        new(typeof(BinaryCrossEntropyAttribute), _ => "BinaryCrossEntropy"),
        new(typeof(SoftmaxCrossEntropyAttribute), draft => IsScores(draft)
            ? draft.Maybe("SoftmaxCrossEntropy(LabelSmoothing = 0.1f)") ?? "SoftmaxCrossEntropy"
            : null),
        new(typeof(KullbackLeiblerAttribute), draft => IsScores(draft) ? "KullbackLeibler" : null),
        new(typeof(HingeAttribute), draft => draft.Input.IsVector ? "Hinge" : null),
        new(typeof(ElementwiseHingeAttribute), draft =>
            draft.Maybe("ElementwiseHinge(Squared = true)", 0.5) ?? "ElementwiseHinge"),
        new(typeof(ContrastiveAttribute), draft => IsStack(draft, 2) ? $"Contrastive({draft.Tenths(5, 20)})" : null),
        new(typeof(TripletAttribute), draft => IsStack(draft, 3) ? $"Triplet({draft.Tenths(5, 20)})" : null),
    ];

    private static bool IsScores(LayerDraft draft) => draft.Input.IsVector && draft.Input.Columns > 1;

    private static bool IsStack(LayerDraft draft, int count) =>
        draft.Input.Dimensions.Length == 2 && draft.Input.Dimensions[0] == count;
}
