namespace ModelDsl.Compositions;

/// <summary>One kind of layer that compositions are made of.</summary>
/// <param name="Attribute">The attribute's class, open where it is generic.</param>
/// <param name="Draw">Draws the layer's arguments for what flows in; null where the layer does not fit there.</param>
/// <param name="IsRandom">Whether it draws random numbers in training, so that another library's results
/// differ.</param>
public sealed record LayerChoice(Type Attribute, Func<LayerDraft, DrawnLayer?> Draw, bool IsRandom = false);
