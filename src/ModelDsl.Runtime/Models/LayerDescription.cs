namespace ModelDsl;

/// <summary>One layer of a model.</summary>
/// <param name="Name">The layer's name within the model, such as <c>dense1</c>.</param>
/// <param name="Declaration">The attribute as the user wrote it, such as <c>Dense(512)</c>.</param>
/// <param name="OutputShape">The shape of one sample's output.</param>
/// <param name="ParameterCount">The number of trainable values.</param>
public sealed record LayerDescription(string Name, string Declaration, Shape OutputShape, int ParameterCount);
