namespace ModelDsl;

/// <summary>
/// A loss of your own. Either a block with a method <c>Forward(Tensor outputs, Tensor targets)</c> that gives one
/// number for each sample, whose derivative the compiler makes: the model's loss is the mean over the samples. Its
/// targets are values of the outputs' shape, or what <see cref="LabelsAttribute"/> or <see cref="TargetAttribute"/>
/// makes them. Or a struct that implements <see cref="ILoss"/>, with the loss of each element and its derivative: the
/// model's loss is the mean over all elements, and targets are values of the outputs' shape.
/// </summary>
/// <typeparam name="TLoss">The block, or the struct.</typeparam>
public sealed class LossAttribute<TLoss> : LossAttribute;
