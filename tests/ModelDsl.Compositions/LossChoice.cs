namespace ModelDsl.Compositions;

/// <summary>One kind of loss that compositions end with.</summary>
/// <param name="Attribute">The attribute's class, open where it is generic.</param>
/// <param name="Draw">Draws the attribute for what flows in; null where the loss does not take it.</param>
public sealed record LossChoice(Type Attribute, Func<LayerDraft, string?> Draw);
